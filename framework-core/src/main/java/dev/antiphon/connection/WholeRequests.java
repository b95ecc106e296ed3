package dev.antiphon.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpUtil;
import org.jspecify.annotations.Nullable;

/** Requests with their bodies. Netty's own answers to what is too large or expects what nobody knows would come without ours. */
final class WholeRequests extends HttpObjectAggregator {
    /** What is read instead of a request whose body is too large. */
    static final Object TOO_LARGE = new Object();

    WholeRequests(int maxBodyBytes) {
        super(maxBodyBytes);
    }

    /** Asks for a body that fits; other expectations are ignored, as RFC 9110 allows. */
    @Override
    protected @Nullable Object newContinueResponse(HttpMessage start, int maxBodyBytes, ChannelPipeline pipeline) {
        return HttpUtil.is100ContinueExpected(start) && HttpUtil.getContentLength(start, 0L) <= maxBodyBytes
                ? super.newContinueResponse(start, maxBodyBytes, pipeline)
                : null;
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
        context.fireChannelRead(TOO_LARGE);
    }
}
