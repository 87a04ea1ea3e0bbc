/**
 * Where what an input layer sees lies on the picture: coordinates followed through everything that a model does to pictures
 * before its first convolution or pooling.
 */
@NullMarked
package io.hedgerow.compiler.geometry;

import org.jspecify.annotations.NullMarked;
