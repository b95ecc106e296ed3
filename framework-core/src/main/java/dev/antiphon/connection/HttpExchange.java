package dev.antiphon.connection;

import dev.antiphon.connection.PekkoHttpWebSockets.Accepted;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.settings.ParserSettings;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SystemMaterializer;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.duration.Duration;

/** One connection of {@link NettyServer} while it speaks HTTP: one request after the other. Confined to its event loop. */
final class HttpExchange extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(HttpExchange.class);
    /** Told to a connection whose server ends. */
    static final Object ENDING = new Object();

    private static final int CHUNK_BYTES = 64 * 1024;
    /** More than one read of a socket can have. */
    private static final int MAX_BEHIND = 64 * 1024;

    private final Server server;
    private final RequestGate gate;
    /** Whose answer is waited for; the first one counts, and none after the connection's end. */
    private long awaited;

    private boolean answering;
    private boolean takesBody;
    private boolean takesChunks;
    private boolean upgraded;
    private boolean spilled;
    /** The answer that is being sent has no known end. */
    private boolean endless;

    /** No further request will be answered. */
    private boolean last;

    private Optional<Future<?>> patience = Optional.empty();
    private Optional<UniqueKillSwitch> body = Optional.empty();

    /**
     * What all connections share.
     *
     * @param dispatcher where the handler runs
     */
    record Server(
            EventLoops loops,
            ServerSettings settings,
            PekkoMessages messages,
            Function<HttpRequest, CompletionStage<HttpResponse>> handler,
            Executor dispatcher,
            Materializer materializer) {

        static Server of(
                ClassicActorSystemProvider system,
                EventLoops loops,
                ServerSettings settings,
                Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
            return new Server(
                    loops,
                    settings,
                    new PekkoMessages(settings),
                    handler,
                    system.classicSystem().dispatcher(),
                    SystemMaterializer.get(system).materializer());
        }

        private HttpServerCodec codec() {
            ParserSettings parser = settings.getParserSettings();
            return new HttpServerCodec(
                    new HttpDecoderConfig()
                            .setMaxInitialLineLength(
                                    parser.getMaxUriLength() + parser.getMaxMethodLength() + " HTTP/1.1".length())
                            .setMaxHeaderSize(parser.getMaxHeaderCount() * parser.getMaxHeaderValueLength())
                            .setMaxChunkSize(CHUNK_BYTES),
                    MAX_BEHIND);
        }

        private int maxBodyBytes() {
            return (int)
                    Math.min(Integer.MAX_VALUE, settings.getParserSettings().getMaxContentLength());
        }

        private long millis(Duration time) {
            return time.isFinite() ? time.toMillis() : 0;
        }
    }

    private HttpExchange(Server server, RequestGate gate) {
        this.server = server;
        this.gate = gate;
    }

    /** Lets a new connection speak HTTP. */
    static void begin(ChannelPipeline pipeline, Server server) {
        RequestGate gate = new RequestGate();
        HttpExchange exchange = new HttpExchange(server, gate);
        long idle = server.millis(server.settings().getTimeouts().idleTimeout());
        pipeline.addLast(
                server.codec(),
                new IdleStateHandler(0, 0, idle, TimeUnit.MILLISECONDS),
                gate,
                new HttpServerKeepAliveHandler(),
                new WholeRequests(server.maxBodyBytes()),
                exchange);
    }

    // --- Netty's calls

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (upgraded) {
            spilled = true;
            ReferenceCountUtil.release(message);
        } else if (message instanceof FullHttpRequest request) {
            begin(context, request);
        } else if (message == WholeRequests.TOO_LARGE) {
            answering = true;
            refuse(context, server.messages().tooLarge());
        }
    }

    /** While a request is being answered nothing more is read. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!answering) {
            context.read();
        }
    }

    private void begin(ChannelHandlerContext context, FullHttpRequest request) {
        answering = true;
        awaited++;
        takesBody = !request.method().equals(HttpMethod.HEAD);
        takesChunks = request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) >= 0;
        switch (readAndReleased(context, request)) {
            case PekkoMessages.Read.Request read -> ask(context, read.request());
            case PekkoMessages.Read.Refused refused -> refuse(context, refused.response());
        }
    }

    private void refuse(ChannelHandlerContext context, HttpResponse response) {
        refuseMore();
        answer(context, response);
    }

    private PekkoMessages.Read readAndReleased(ChannelHandlerContext context, FullHttpRequest request) {
        try {
            return server.messages().read(request, context.channel().remoteAddress());
        } finally {
            request.release();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            context.close();
        } else if (event == ChannelInputShutdownEvent.INSTANCE) {
            last = true;
            if (!answering || endless) {
                context.close();
            }
        } else if (event == ENDING) {
            refuseMore();
            body.ifPresent(UniqueKillSwitch::shutdown);
            if (!answering) {
                context.close();
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        awaited++;
        patience.ifPresent(timer -> timer.cancel(false));
        body.ifPresent(UniqueKillSwitch::shutdown);
    }

    private void refuseMore() {
        last = true;
        gate.discard();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        LOG.debug("A connection failed", failure);
        context.close();
    }

    // --- the handler's answer

    private void ask(ChannelHandlerContext context, HttpRequest request) {
        long asked = awaited;
        long millis = server.millis(server.settings().getTimeouts().requestTimeout());
        patience = millis == 0
                ? Optional.empty()
                : Optional.of(context.executor()
                        .schedule(
                                () -> guarded(context, asked, PekkoMessages.tooSlow()), millis, TimeUnit.MILLISECONDS));
        CompletableFuture.supplyAsync(() -> server.handler().apply(request), server.dispatcher())
                .thenCompose(Function.identity())
                .exceptionally(failure -> failed(request, failure))
                .thenAccept(response -> onLoop(context, () -> guarded(context, asked, response)));
    }

    private static HttpResponse failed(HttpRequest request, Throwable failure) {
        LOG.error("{} {} failed", request.method().name(), request.getUri().path(), failure);
        return PekkoMessages.failed();
    }

    /** What cannot be sent, for example a header of two lines, ends the connection instead of leaving it without an answer. */
    private void guarded(ChannelHandlerContext context, long asked, HttpResponse response) {
        try {
            answered(context, asked, response);
        } catch (RuntimeException unsendable) {
            LOG.error("A response could not be sent; its connection is closed", unsendable);
            if (!upgraded) {
                drop(response);
            }
            context.close();
        }
    }

    private void answered(ChannelHandlerContext context, long asked, HttpResponse response) {
        if (asked != awaited) {
            drop(response);
            return;
        }
        awaited++;
        patience.ifPresent(timer -> timer.cancel(false));
        response.getAttribute(PekkoHttpWebSockets.ACCEPTED)
                .ifPresentOrElse(accepted -> upgrade(context, accepted, response), () -> answer(context, response));
    }

    /** Nobody waits for it any more. */
    private void drop(HttpResponse response) {
        response.getAttribute(PekkoHttpWebSockets.ACCEPTED).ifPresent(Accepted::abandon);
        cancelBody(response);
    }

    private void cancelBody(HttpResponse response) {
        if (!(response.entity() instanceof HttpEntity.Strict)) {
            response.entity().getDataBytes().runWith(Sink.cancelled(), server.materializer());
        }
    }

    private void answer(ChannelHandlerContext context, HttpResponse response) {
        if (response.entity() instanceof HttpEntity.Strict whole) {
            context.writeAndFlush(server.messages().whole(response, whole.getData()))
                    .addListener(sent -> next(context, sent));
        } else if (takesBody) {
            stream(context, response);
        } else {
            cancelBody(response);
            context.write(server.messages().head(response, takesChunks));
            end(context);
        }
    }

    /** Who only stops sending may still wait for an answer, but nobody who listens to an endless one. */
    private void stream(ChannelHandlerContext context, HttpResponse response) {
        endless = response.entity().getContentLengthOption().isEmpty();
        if (endless && last) {
            cancelBody(response);
            context.close();
            return;
        }
        context.writeAndFlush(server.messages().head(response, takesChunks));
        Pair<UniqueKillSwitch, CompletionStage<Done>> running = response.entity()
                .getDataBytes()
                .viaMat(KillSwitches.single(), Keep.right())
                .toMat(Sink.foreachAsync(1, bytes -> sent(context, bytes)), Keep.both())
                .run(server.materializer());
        body = Optional.of(running.first());
        running.second().whenComplete((done, failure) -> onLoop(context, () -> streamed(context, failure == null)));
    }

    private static CompletionStage<Void> sent(ChannelHandlerContext context, ByteString bytes) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes.toArrayUnsafe())))
                .addListener(done -> {
                    if (done.isSuccess()) {
                        sent.complete(null);
                    } else {
                        sent.completeExceptionally(done.cause());
                    }
                });
        return sent;
    }

    private void streamed(ChannelHandlerContext context, boolean whole) {
        body = Optional.empty();
        endless = false;
        if (whole) {
            end(context);
        } else {
            context.close();
        }
    }

    private void end(ChannelHandlerContext context) {
        context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(sent -> next(context, sent));
    }

    private void next(ChannelHandlerContext context, Future<?> sent) {
        answering = false;
        if (!sent.isSuccess() || !context.channel().isActive()) {
            context.close();
            return;
        }
        gate.open();
        if (answering) {
            return;
        }
        if (last) {
            context.close();
        } else {
            context.read();
        }
    }

    private void upgrade(ChannelHandlerContext context, Accepted accepted, HttpResponse response) {
        if (last || !gate.isEmpty()) {
            drop(response);
            context.close();
            return;
        }
        ChannelPipeline pipeline = context.pipeline();
        // It would say that the connection ends.
        pipeline.remove(HttpServerKeepAliveHandler.class);
        context.writeAndFlush(server.messages().whole(response, ByteString.emptyByteString()));
        pipeline.remove(IdleStateHandler.class);
        pipeline.remove(WholeRequests.class);
        pipeline.remove(gate);
        upgraded = true;
        pipeline.remove(HttpServerCodec.class);
        pipeline.addLast(new NettyWire(server.loops(), accepted::over));
        pipeline.remove(this);
        if (spilled) {
            // Frames before our answer are against RFC 6455, and the reader of HTTP may have kept a part of them.
            context.channel().close();
        }
        context.channel().config().setAutoRead(true);
    }

    /** Runs a step on the loop of a handler, unless the actor system has ended and with it the loop. */
    static void onLoop(ChannelHandlerContext context, Runnable step) {
        try {
            context.executor().execute(step);
        } catch (RejectedExecutionException ended) {
            LOG.debug("A step came too late for its event loop", ended);
        }
    }
}
