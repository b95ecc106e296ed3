package dev.antiphon.model;

import java.net.URI;
import java.util.Map;

/**
 * Where a service tells which of its models cannot be used for now, ready to be asked.
 *
 * @param uri of a GET request; may carry credentials, never logged
 * @param headers with the credentials; never logged
 * @param format of the answer
 */
public record StatusPage(URI uri, Map<String, String> headers, StatusFormat format) {
    public StatusPage {
        headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return "StatusPage[" + uri.getHost() + format.path() + "]";
    }
}
