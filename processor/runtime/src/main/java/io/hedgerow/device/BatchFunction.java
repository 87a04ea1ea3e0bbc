package io.hedgerow.device;

import java.util.List;

/**
 * What a {@link Batcher} calls with each batch, always from its one device thread.
 *
 * @param <Q> request
 * @param <R> result
 */
@FunctionalInterface
public interface BatchFunction<Q, R> {
    /**
     * Computes a batch.
     *
     * @param requests at least one, in the order of submission; the list is only valid during the call
     * @return one result per request, in the same order
     * @throws DeviceException if the device is at fault: all requests fail with it. After any other exception the batch
     *     is split and tried again, so that only the requests at fault fail.
     */
    List<R> apply(List<Q> requests) throws Exception;
}
