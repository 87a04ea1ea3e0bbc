/**
 * Health and metrics over HTTP: {@code /livez} (200, or 503 if only a restart may help), {@code /readyz} (200, or 503 while the
 * process has no work in hand) and {@code /metrics} (Prometheus).
 */
@NullMarked
package io.hedgerow.web;

import org.jspecify.annotations.NullMarked;
