/**
 * An evaluation from pictures to a file of trials. Pictures come in fixed batches; what a batch comes to is written at once, with
 * its end marked, so that a run that was stopped goes on with the first batch that has no end and comes to the same file.
 */
@NullMarked
package io.hedgerow.evaluate.run;

import org.jspecify.annotations.NullMarked;
