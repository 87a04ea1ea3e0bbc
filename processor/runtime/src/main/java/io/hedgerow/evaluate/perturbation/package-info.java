/**
 * Pictures with some of their pixels covered, and what the model says of them. What is asked is collected first, over several
 * pictures and methods; what is the same is computed once; the rest goes through the model in full batches and is made batch by
 * batch, never kept.
 */
@NullMarked
package io.hedgerow.evaluate.perturbation;

import org.jspecify.annotations.NullMarked;
