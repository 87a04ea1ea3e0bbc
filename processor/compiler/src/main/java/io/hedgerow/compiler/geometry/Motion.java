package io.hedgerow.compiler.geometry;

import java.util.List;

/** What a family of operations does to the places of pixels. */
interface Motion {
    boolean covers(String operation);

    /**
     * The axes of each output.
     *
     * @throws LostException if they can't be told
     */
    List<List<PictureAxis>> outputs(Step step);
}
