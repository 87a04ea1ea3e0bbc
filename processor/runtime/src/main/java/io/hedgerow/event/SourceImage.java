package io.hedgerow.event;

import io.hedgerow.compiler.runtime.ImageTensor;
import org.jspecify.annotations.Nullable;

/**
 * An event's image, ready for the model.
 *
 * @param width in pixels, EXIF orientation applied
 * @param height in pixels, EXIF orientation applied
 * @param uri where the picture is kept, if known
 */
record SourceImage(ImageTensor tensor, int width, int height, @Nullable String uri) {}
