/** The command line: {@code hedgerow COMMAND}. Each command is a class; what they share is in {@link io.hedgerow.cli.Hedgerow}. */
@NullMarked
package io.hedgerow.cli;

import org.jspecify.annotations.NullMarked;
