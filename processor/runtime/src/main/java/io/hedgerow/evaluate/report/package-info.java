/**
 * What an evaluation's trials come to: {@code report.json}, tables, a page to look at, and a comparison of two evaluations. Made from
 * the file of trials alone, so that the same trials give the same report.
 */
@NullMarked
package io.hedgerow.evaluate.report;

import org.jspecify.annotations.NullMarked;
