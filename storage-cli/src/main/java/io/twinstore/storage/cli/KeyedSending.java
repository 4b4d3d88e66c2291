package io.twinstore.storage.cli;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Appended;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.OutcomeUnknownException;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.StorageBusyException;
import io.twinstore.storage.StorageUnavailableException;
import java.util.List;

/**
 * Appends messages under keys, so that a call whose reply was lost, or whose database was away for
 * some seconds, is simply repeated.
 */
record KeyedSending(SessionStore sessions, SessionId session) {

    Appended send(Json message, String key) {
        Patience patience = new Patience();
        while (true) {
            try {
                return sessions.append(
                        session, List.of(NewMessage.of(message)), AppendOptions.once(key));
            } catch (OutcomeUnknownException
                    | StorageUnavailableException
                    | StorageBusyException e) {
                if (!patience.another()) {
                    throw e;
                }
            }
        }
    }
}
