/**
 * Tells people and programs of alerts: one sender in a consumer group follows the topic of alerts and hands each revision to
 * webhooks and an Alertmanager. Offsets are committed when a receiver has taken what lies before them, so that a receiver that
 * is away loses nothing, and gets nothing twice but what was under way when a process ended.
 */
@NullMarked
package io.hedgerow.monitor.delivery;

import org.jspecify.annotations.NullMarked;
