package io.hedgerow.preprocess;

import io.hedgerow.image.pixels.Decoding;
import io.hedgerow.image.resampling.Resampling;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code input} section of model.yaml as written; what is left out is null. */
record InputSettings(
        @Nullable List<Integer> size,
        @Nullable Resize resize,
        @Nullable Resampling resampling,
        @Nullable ChannelOrder channels,
        @Nullable List<Double> range,
        @Nullable List<Double> mean,
        @Nullable List<Double> std,
        @Nullable Decoding decoder) {}
