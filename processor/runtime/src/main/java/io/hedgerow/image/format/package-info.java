/** Formats that Java or TensorFlow decodes: JPEG, PNG, BMP, GIF, and what is checked of them beforehand. */
@NullMarked
package io.hedgerow.image.format;

import org.jspecify.annotations.NullMarked;
