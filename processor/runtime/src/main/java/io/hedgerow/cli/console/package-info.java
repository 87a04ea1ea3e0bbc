/** What commands share of a terminal: tables, progress, text made fit to print, and what failed in one line. */
@NullMarked
package io.hedgerow.cli.console;

import org.jspecify.annotations.NullMarked;
