package io.hedgerow.compiler.method;

import io.hedgerow.compiler.api.Signatures;

/** What nodes of an explanation graph are called that others look for. */
public final class NodeNames {
    public static final String CLASSES = "hedgerow_classes";
    public static final String SCORES = "hedgerow_scores";
    public static final String PREDICTIONS = "hedgerow_predictions";
    public static final String MAPS = "hedgerow_maps";
    public static final String RESOLVED_CLASSES = "hedgerow_resolved_classes";

    /** Each image's and class's explained score. */
    public static final String EXPLAINED = "hedgerow_check_explained";

    /** How many classes are explained, as a vector of one; nothing else depends on that number but what reads it here. */
    public static final String CLASS_COUNT = "hedgerow_class_count";

    /**
     * An attribute of a node from which on classes may as well be explained one after another: the name of the node that
     * ends this. Both give rows K × B × n of relevance, and all of it goes through them.
     */
    public static final String ONE_BY_ONE_UNTIL = "_hedgerow_one_by_one_until";

    private NodeNames() {}

    /** A number that a method takes with each image: B. */
    public static String imageParameter(String name) {
        return "hedgerow_" + Signatures.imageParameter(name);
    }

    /**
     * The maps of a method; in the order of their names as well.
     *
     * @param method of those compiled, from 0
     * @param map of those that it gives, from 0
     */
    public static String maps(int method, int map) {
        return MAPS
                + (method == 0 ? "" : "_m%02d".formatted(method + 1))
                + (map == 0 ? "" : "_%02d".formatted(map + 1));
    }

    /** The entry of the head that stands for one of its reference layers: K·B × H × W × C, its axes in any order. */
    public static String reference(int index) {
        return "hedgerow_entry_" + index;
    }

    /** The gradient of the explained scores at {@link #reference}. */
    public static String gradient(int index) {
        return numbered("hedgerow_check_gradient", index);
    }

    /** What each of a network's joined probabilities counts for in the explained scores. */
    public static String share(int index) {
        return numbered("hedgerow_check_share", index);
    }

    /** Of several nodes of a name the first has it alone. */
    public static String numbered(String name, int index) {
        return index == 0 ? name : name + "_" + index;
    }
}
