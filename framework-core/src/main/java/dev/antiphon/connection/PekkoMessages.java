package dev.antiphon.connection;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpProtocols;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.RemoteAddress;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.settings.ParserSettings;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.http.scaladsl.model.IllegalUriException;
import org.apache.pekko.http.scaladsl.model.Uri;
import org.apache.pekko.http.scaladsl.model.Uri$;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.parboiled2.ParserInput$;

/** Netty's HTTP messages in Pekko HTTP's terms, and the other way round. Thread-safe. */
final class PekkoMessages {
    /** Pekko has them in the entity or not at all. */
    private static final Set<String> NOT_AMONG_HEADERS = Set.of("content-type", "content-length", "transfer-encoding");

    /** Nothing is read behind what was refused. */
    private static final HttpHeader LAST = Connection.create("close");

    private final ServerSettings settings;
    private final Optional<String> name;

    /** What a request was read as. */
    sealed interface Read {
        record Request(HttpRequest request) implements Read {}

        /** With what to answer a request that nobody can handle. */
        record Refused(HttpResponse response) implements Read {}
    }

    PekkoMessages(ServerSettings settings) {
        this.settings = settings;
        this.name = settings.getServerHeader().map(HttpHeader::value);
    }

    Read read(FullHttpRequest request, SocketAddress peer) {
        if (request.decoderResult().isFailure()) {
            return new Read.Refused(unreadable(request.decoderResult().cause()).addHeader(LAST));
        }
        Optional<HttpMethod> method = HttpMethods.lookup(request.method().name());
        if (method.isEmpty()) {
            return refused(501, "The method " + request.method() + " is not known.");
        }
        return brokenRule(request.headers(), request.protocolVersion())
                .orElseGet(() -> request(request, method.get(), peer));
    }

    /** Rules of RFC 9112 that Netty leaves to us, and the bounds of single headers. */
    private Optional<Read> brokenRule(HttpHeaders headers, HttpVersion version) {
        ParserSettings most = settings.getParserSettings();
        if (!version.equals(HttpVersion.HTTP_1_0) && !version.equals(HttpVersion.HTTP_1_1)) {
            return Optional.of(refused(505, "This server speaks HTTP/1.1."));
        }
        if (headers.size() > most.getMaxHeaderCount()) {
            return Optional.of(refused(
                    431, "A request may have at most " + most.getMaxHeaderCount() + " headers, but this has more."));
        }
        if (longest(headers) > most.getMaxHeaderValueLength()) {
            return Optional.of(refused(
                    431,
                    "A header may have at most " + most.getMaxHeaderValueLength() + " characters, but one has more."));
        }
        if (headers.getAll(HttpHeaderNames.HOST).size() > 1
                || headers.getAll(HttpHeaderNames.CONTENT_TYPE).size() > 1) {
            return Optional.of(
                    refused(400, "A request has one Host and at most one Content-Type, but this has several."));
        }
        // What is left of it is not 'chunked', which has been read.
        return headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                ? Optional.of(refused(501, "The only Transfer-Encoding that this server knows is 'chunked'."))
                : Optional.empty();
    }

    private static int longest(HttpHeaders headers) {
        int longest = 0;
        for (Map.Entry<String, String> header : headers) {
            longest = Math.max(longest, header.getValue().length());
        }
        return longest;
    }

    private Read request(FullHttpRequest request, HttpMethod method, SocketAddress peer) {
        List<HttpHeader> headers = new ArrayList<>();
        for (Map.Entry<String, String> header : request.headers()) {
            if (!NOT_AMONG_HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                headers.add(header(header.getKey(), header.getValue()));
            }
        }
        HttpRequest read = HttpRequest.create()
                .withMethod(method)
                .withProtocol(
                        request.protocolVersion().equals(HttpVersion.HTTP_1_0)
                                ? HttpProtocols.HTTP_1_0
                                : HttpProtocols.HTTP_1_1)
                .withHeaders(headers)
                .withEntity(HttpEntities.create(
                        type(request.headers().get(HttpHeaderNames.CONTENT_TYPE)),
                        ByteString.fromArrayUnsafe(ByteBufUtil.getBytes(request.content()))));
        try {
            HttpRequest addressed = addressed((org.apache.pekko.http.scaladsl.model.HttpRequest) read, request.uri());
            return new Read.Request(
                    settings.getRemoteAddressAttribute() && peer instanceof InetSocketAddress address
                            ? addressed.addAttribute(AttributeKeys.remoteAddress, RemoteAddress.create(address))
                            : addressed);
        } catch (IllegalUriException e) {
            return refused(400, "The address of the request cannot be read: " + e.getMessage());
        }
    }

    /** Parsed as the target of a request: what begins with two slashes is a path, and no host. */
    private HttpRequest addressed(org.apache.pekko.http.scaladsl.model.HttpRequest request, String target) {
        Uri uri = Uri$.MODULE$.parseHttpRequestTarget(
                ParserInput$.MODULE$.apply(target), StandardCharsets.UTF_8, (Uri.ParsingMode)
                        settings.getParserSettings().getUriParsingMode());
        return request.withUri(uri).withEffectiveUri(false, (org.apache.pekko.http.scaladsl.model.headers.Host)
                settings.getDefaultHostHeader());
    }

    /** One that cannot be read is as none. */
    private static ContentType type(@Nullable String header) {
        if (header == null) {
            return ContentTypes.APPLICATION_OCTET_STREAM;
        }
        try {
            return ContentTypes.parse(header);
        } catch (RuntimeException none) {
            // Pekko throws what its parser happens to throw.
            return ContentTypes.APPLICATION_OCTET_STREAM;
        }
    }

    private static HttpHeader header(String name, String value) {
        try {
            return HttpHeader.parse(name, value);
        } catch (IllegalArgumentException unusual) {
            return RawHeader.create(name, value);
        }
    }

    private HttpResponse unreadable(Throwable failure) {
        return switch (failure) {
            case TooLongHttpLineException line ->
                plain(
                        414,
                        "The address of the request is longer than "
                                + settings.getParserSettings().getMaxUriLength() + " characters.");
            case TooLongHttpHeaderException headers -> plain(431, "The headers of the request are too large.");
            default -> plain(400, "The request is no HTTP that can be read.");
        };
    }

    /** What is answered to a request whose body is too large. */
    HttpResponse tooLarge() {
        return plain(
                        413,
                        "The body of a request may have at most "
                                + settings.getParserSettings().getMaxContentLength() + " bytes.")
                .addHeader(LAST);
    }

    /** What a handler is answered for that took too long. */
    static HttpResponse tooSlow() {
        return plain(503, "The server was not able to answer in time. Try again later.");
    }

    static HttpResponse failed() {
        return plain(500, "There was an internal server error.");
    }

    private static Read refused(int status, String words) {
        return new Read.Refused(plain(status, words).addHeader(LAST));
    }

    private static HttpResponse plain(int status, String words) {
        return HttpResponse.create()
                .withStatus(StatusCodes.get(status))
                .withEntity(ContentTypes.TEXT_PLAIN_UTF8, words);
    }

    /** A response and its body. */
    FullHttpResponse whole(HttpResponse response, ByteString body) {
        DefaultFullHttpResponse whole = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status(response), Unpooled.wrappedBuffer(body.toArrayUnsafe()));
        headers(response, whole.headers());
        if (response.status().allowsEntity()) {
            HttpUtil.setContentLength(whole, body.size());
        }
        return whole;
    }

    /** A response whose body follows: in chunks, where the peer takes them, when its length is not known. */
    io.netty.handler.codec.http.HttpResponse head(HttpResponse response, boolean chunks) {
        DefaultHttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status(response));
        headers(response, head.headers());
        OptionalLong length = response.entity().getContentLengthOption();
        if (length.isPresent()) {
            HttpUtil.setContentLength(head, length.getAsLong());
        } else if (chunks) {
            HttpUtil.setTransferEncodingChunked(head, true);
        }
        return head;
    }

    private static HttpResponseStatus status(HttpResponse response) {
        return new HttpResponseStatus(
                response.status().intValue(), response.status().reason());
    }

    private void headers(HttpResponse response, HttpHeaders headers) {
        response.getHeaders().forEach(header -> {
            if (header.renderInResponses()) {
                headers.add(header.name(), header.value());
            }
        });
        name.ifPresent(server -> headers.set(HttpHeaderNames.SERVER, server));
        headers.set(HttpHeaderNames.DATE, DateFormatter.format(new Date()));
        ResponseEntity entity = response.entity();
        if (!entity.getContentType().equals(ContentTypes.NO_CONTENT_TYPE)) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, entity.getContentType().toString());
        }
    }
}
