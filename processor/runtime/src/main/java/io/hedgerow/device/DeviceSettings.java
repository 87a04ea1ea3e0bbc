package io.hedgerow.device;

import java.util.List;

/**
 * Which devices explain, and in what batches.
 *
 * @param names {@code auto}, or names of devices; at least one
 * @param gpuMemoryShare of each GPU's memory, over 0 and at most 1
 * @param batch what bounds a device's batches
 * @param batchMemory bytes of one batch's tensors, from which smaller batches follow; no limit if the size was set
 */
public record DeviceSettings(List<String> names, float gpuMemoryShare, BatchLimits batch, long batchMemory) {}
