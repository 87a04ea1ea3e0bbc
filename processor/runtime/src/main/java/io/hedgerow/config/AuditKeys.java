package io.hedgerow.config;

import io.hedgerow.audit.log.SigningSettings;

/** Keys of the audit trail. */
final class AuditKeys {
    private AuditKeys() {}

    static boolean enabled(Values values) {
        return values.get(
                Key.flag("audit.enabled", true, "Whether account is kept of every event, in the topics for it."));
    }

    static SigningSettings signing(Values values) {
        String key = values.get(Key.text(
                "audit.key",
                "",
                "Key that signs checkpoints, as `hedgerow audit keygen` makes it; best `${HEDGEROW_AUDIT_KEY}`. Without"
                        + " one nothing is signed."));
        String file = values.get(Key.text(
                "audit.key-file", "", "File that holds that key, in place of `audit.key`; relative to hedgerow.yaml."));
        if (!key.isEmpty() && !file.isEmpty()) {
            throw values.error("audit.key-file", "audit.key and audit.key-file are both set; leave one of them out");
        }
        return new SigningSettings(
                key,
                file.isEmpty() ? null : values.resolve(file),
                values.get(Key.integer(
                        "audit.checkpoint-entries",
                        1000,
                        1,
                        1_000_000,
                        "Entries after which a log gets a checkpoint.")),
                values.get(Key.duration(
                        "audit.checkpoint-interval",
                        "10s",
                        "100ms",
                        "1d",
                        "Time after which it gets one even for fewer.")));
    }
}
