package io.hedgerow.dashboard.view;

import org.jspecify.annotations.Nullable;

/**
 * Whether anything is wrong, in words.
 *
 * @param level ok, learning, warning, critical or unknown
 * @param model key of the model that it is about; null for all
 * @param since milliseconds of event time; null if that means nothing
 */
public record Outlook(
        String level, String sentence, @Nullable String model, @Nullable Integer classIndex, @Nullable Long since) {}
