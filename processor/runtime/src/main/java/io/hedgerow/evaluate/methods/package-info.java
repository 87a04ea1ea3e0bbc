/** What makes maps, as an evaluation knows it: compiled methods, occlusion, and controls that know nothing of the model. */
@NullMarked
package io.hedgerow.evaluate.methods;

import org.jspecify.annotations.NullMarked;
