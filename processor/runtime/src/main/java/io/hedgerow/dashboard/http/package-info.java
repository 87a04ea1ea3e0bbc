/** The page over HTTP: its files, its data as JSON, its stream of changes, and people's answers. */
@NullMarked
package io.hedgerow.dashboard.http;

import org.jspecify.annotations.NullMarked;
