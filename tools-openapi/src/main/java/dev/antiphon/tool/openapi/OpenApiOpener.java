package dev.antiphon.tool.openapi;

import dev.antiphon.tool.SourceCredential;
import dev.antiphon.tool.ToolSource;
import dev.antiphon.tool.ToolSourceOpener;
import dev.antiphon.tool.ToolSourceRequest;
import dev.antiphon.tool.ToolSourceRequest.Place;
import dev.antiphon.tool.UnusableToolSource;
import java.util.List;
import java.util.Optional;

/** Opens {@link OpenApiTools} for programs that know only {@link ToolSourceOpener}. Stateless. */
public final class OpenApiOpener implements ToolSourceOpener {

    /** For {@link java.util.ServiceLoader}. */
    public OpenApiOpener() {}

    @Override
    public Optional<ToolSource> open(ToolSourceRequest request) {
        if (!(request.place() instanceof Place.OpenApi place)) {
            return Optional.empty();
        }
        HttpAuth auth = auth(request.credentials());
        return Optional.of(OpenApiTools.of(
                place.document(),
                options -> leavingOut(
                        request,
                        options.baseUrl(place.baseUrl())
                                .auth(auth)
                                .allow(request.allowed().patterns().toArray(String[]::new)))));
    }

    private static OpenApiOptions leavingOut(ToolSourceRequest request, OpenApiOptions options) {
        return request.leftOut().map(options::leavingOut).orElse(options);
    }

    private static HttpAuth auth(List<SourceCredential> credentials) {
        if (credentials.size() > 1) {
            throw new UnusableToolSource(
                    "operations of an OpenAPI document take one credential, but were given " + credentials.size());
        }
        return credentials.stream().findFirst().map(OpenApiOpener::auth).orElse(HttpAuth.none());
    }

    private static HttpAuth auth(SourceCredential credential) {
        return switch (credential) {
            case SourceCredential.Bearer bearer -> HttpAuth.bearer(bearer.token());
            case SourceCredential.Basic basic -> HttpAuth.basic(basic.user(), basic.password());
            case SourceCredential.Header header -> HttpAuth.headerKey(header.name(), header.value());
            case SourceCredential.Query query -> HttpAuth.queryKey(query.name(), query.value());
            case SourceCredential.Variable variable ->
                throw new UnusableToolSource(
                        "the environment variable " + variable.name()
                                + " is for a process; an HTTP service gets a bearer token, a password, a header or a query key");
        };
    }
}
