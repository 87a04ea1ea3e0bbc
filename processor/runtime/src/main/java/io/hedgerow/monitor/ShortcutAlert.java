package io.hedgerow.monitor;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * An alert about a group of maps while it is open.
 *
 * @param id names the alert
 * @param revision number of the last revision, from 1
 * @param openedAt event time at which the window ended that opened it
 * @param since event time of the earliest map of the group
 * @param revisedAt event time of the last revision
 */
record ShortcutAlert(String id, int revision, long openedAt, long since, long revisedAt) {
    ShortcutAlert revised(long at) {
        return new ShortcutAlert(id, revision + 1, openedAt, since, at);
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(id);
        out.writeInt(revision);
        out.writeLong(openedAt);
        out.writeLong(since);
        out.writeLong(revisedAt);
    }

    static ShortcutAlert read(DataInput in) throws IOException {
        return new ShortcutAlert(in.readUTF(), in.readInt(), in.readLong(), in.readLong(), in.readLong());
    }
}
