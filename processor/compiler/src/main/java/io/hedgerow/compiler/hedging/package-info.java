/**
 * Gradient hedging (Nam &amp; Lee, arXiv 2205.11109): one class for each family of rules, what they weigh by, and what
 * relevance they conserve.
 */
@NullMarked
package io.hedgerow.compiler.hedging;

import org.jspecify.annotations.NullMarked;
