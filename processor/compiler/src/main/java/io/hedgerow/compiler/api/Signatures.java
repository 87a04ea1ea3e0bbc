package io.hedgerow.compiler.api;

/** The signatures of an explanation SavedModel. */
public final class Signatures {
    /**
     * From {@code images} N × H × W × C (the model's own type), {@code classes} int32 N × K ({@link #TOP} for the image's
     * top class, {@link #NONE} for none) and what methods take with each image, float32 N, to {@code scores} and
     * {@code predictions} float32 N × scores, {@code maps} float32 N × K × h × w and {@code classes} int32 N × K. Where input
     * layers see the picture in different places, each place has maps of its own, of its own size: further outputs
     * {@code maps_02}, {@code maps_03} and so on. The maps of further methods are {@code maps_m02}, {@code maps_m02_02} and so
     * on. {@link ExplanationInfo.Method#layers} says where each lies.
     */
    public static final String EXPLAIN = "explain";

    /** From {@code images} to {@code scores} and {@code predictions}: the forward pass alone. */
    public static final String PREDICT = "predict";

    /** In place of a class: the image's own top class. */
    public static final int TOP = -1;

    /** In place of a class: nothing; its map is all 0. */
    public static final int NONE = -2;

    private Signatures() {}

    /** The same by one method alone. */
    public static String explain(String method) {
        return EXPLAIN + "_" + method;
    }

    /** The input that has a number for each image. */
    public static String imageParameter(String name) {
        return name + "s";
    }
}
