package io.hedgerow.compiler.frontend;

import org.jspecify.annotations.Nullable;

/**
 * What a user may choose about a model.
 *
 * @param signature key of the signature; null: {@code serving_default}, or the only one
 * @param output key of the signature's output that holds the classes' scores; null: the only one, or the only float one
 *     of rank 2
 */
public record FrontendOptions(@Nullable String signature, @Nullable String output) {
    /** Everything as the model suggests. */
    public static final FrontendOptions DEFAULT = new FrontendOptions(null, null);
}
