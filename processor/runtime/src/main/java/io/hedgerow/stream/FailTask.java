package io.hedgerow.stream;

import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Lets whatever the processor throws fail the task. What is wrong with a record never gets here; {@link ReplaceThread} logs
 * what does, once and without a stack trace, which is why Kafka's own handler isn't used.
 */
public final class FailTask implements ProcessingExceptionHandler {
    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        return Response.fail();
    }

    @Override
    public void configure(Map<String, ?> configs) {}
}
