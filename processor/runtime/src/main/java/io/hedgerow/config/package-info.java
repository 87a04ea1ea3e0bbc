/**
 * hedgerow.yaml: every key declared once in {@link io.hedgerow.config.Keys} with its type, default, range and meaning, from
 * which the table in docs/configuration.md is made. What is wrong in a file is said with file and line.
 */
@NullMarked
package io.hedgerow.config;

import org.jspecify.annotations.NullMarked;
