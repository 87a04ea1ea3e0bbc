package io.hedgerow.engine;

import org.tensorflow.exceptions.TensorFlowException;

/** A failure of TensorFlow, under one name: its classes throw their own exceptions for some and Java's for others. */
public final class TensorFlowFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private TensorFlowFailure(RuntimeException cause) {
        super(cause.getMessage(), cause);
    }

    /**
     * Calls TensorFlow.
     *
     * @throws TensorFlowFailure if that fails
     * @throws E if what is called throws one of its own
     */
    public static <T, E extends Exception> T in(Call<T, E> call) throws E {
        try {
            return call.run();
        } catch (TensorFlowException
                | IllegalArgumentException
                | IllegalStateException
                | UnsupportedOperationException e) {
            throw new TensorFlowFailure(e);
        }
    }

    /** What calls TensorFlow. */
    @FunctionalInterface
    public interface Call<T, E extends Exception> {
        T run() throws E;
    }
}
