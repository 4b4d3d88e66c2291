package io.twinstore.storage;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps sessions with their transcripts and participants.
 *
 * <p>Thread-safe. Each call is atomic; what one call returned is visible to every call that starts
 * after it, in this process and in others. A session that is deleted, or whose config is, is for
 * every call but {@link #restore} and {@link #purge} as if it did not exist.
 *
 * <p>A store that {@link #asUser} or {@link #asApplication} returned is limited: see there.
 */
public interface SessionStore {

    /** How many matching messages a search ranks, the newest first where there are more. */
    int RANKED = 10_000;

    /**
     * Returns this store limited to what a user may do: a viewer reads, an editor also appends,
     * replaces the transcript, leases and touches, an owner manages everything. {@code
     * docs/access.md} has the table of all operations.
     *
     * <p>A session in which the user takes no part is for the limited store exactly as if it did
     * not exist: same result or error as for an unknown id, found out by the same one look-up, and
     * no wait for its locks. Where the user takes part and the role is too low, the call throws
     * {@link AccessDeniedException} before it looks at anything else, a deletion included. What
     * changes a session reads the role under the lock of the session's head, so a call that waited
     * there while the role was taken away is refused. Lists, counts, tails and {@link #sessionsOf}
     * show what the user takes part in alone; deleted sessions are shown to their owners.
     *
     * <p>{@link #create} makes the user the owner and the library make the id: an id of the
     * caller's own choice is refused, since a taken one could not be refused without telling that
     * the session exists. Everybody may leave a session ({@link #removeParticipant} of oneself);
     * the last owner may not. A {@link #tail} ends after it told that the user was removed.
     *
     * <p>Limits only narrow: with the user of this store it returns a store with the same limits.
     *
     * @throws AccessDeniedException when this store is limited to another user
     */
    SessionStore asUser(UserId user);

    /**
     * Returns this store limited to the sessions that an application created; all others are as if
     * they did not exist. In them everything is allowed, unless the store is limited to a user as
     * well: then both limits hold. {@link #create} names the application as the creator and has the
     * library make the id, as {@link #asUser} says; {@link #touch} takes this application alone.
     *
     * @throws AccessDeniedException when this store is limited to another application
     */
    SessionStore asApplication(AppId app);

    /**
     * Creates a session and, when it has an owner, its first participant.
     *
     * @throws ReferenceException when there is no such live config
     * @throws AlreadyExistsException when the id is taken, be it by a deleted session
     * @throws InvalidValueException when a value is out of bounds, or an id is given to a limited
     *     store
     * @throws AccessDeniedException when a limited store is given another owner or application
     */
    Session create(NewSession session);

    /** Returns the session, or nothing. */
    Optional<Session> find(SessionId id);

    /**
     * Returns the session.
     *
     * @throws NotFoundException when there is none
     */
    default Session get(SessionId id) {
        return find(id).orElseThrow(() -> new NotFoundException("session", id.value()));
    }

    /** Returns whether there is such a session. */
    boolean exists(SessionId id);

    /** Returns how many sessions the filter lets through. */
    long count(SessionFilter filter);

    /**
     * Returns a page of sessions, the one with the latest activity first; ties are broken by id,
     * descending.
     *
     * <p>Following the cursors never shows a session twice. One that becomes active meanwhile
     * appears on a new first page.
     */
    Page<Session> list(SessionFilter filter, PageRequest page);

    /**
     * Changes what the update names, and nothing else, and returns the session as it is now.
     *
     * <p>Of concurrent updates that expect the same version exactly one succeeds; appends do not
     * move the version.
     *
     * @throws NotFoundException when there is no such session
     * @throws ConflictException when its version is not the expected one
     * @throws InvalidValueException when a value is out of bounds
     */
    Session update(SessionId id, SessionUpdate update);

    /**
     * Notes that an application used the session: {@code lastAccessedAt}, {@code lastAccessedByApp}
     * and the last activity.
     *
     * @throws NotFoundException when there is no such session
     */
    Session touch(SessionId id, AppId app);

    /**
     * Appends messages to the end of a session's transcript, all or none.
     *
     * <p>Sequences are consecutive from {@link Appended#firstSequence()}, and no reader that
     * follows sequences ever sees a later one before an earlier one. A repeated call with the same
     * idempotency key and content that means the same returns the first call's result and writes
     * nothing, even where its expectation no longer holds or its fencing token is stale.
     *
     * @param messages 1 to 10,000 messages of at most 256 MB together
     * @throws NotFoundException when there is no such session
     * @throws ConflictException when the key was used with other content, the fencing token is
     *     stale, or the last sequence is not the expected one; looked at in this order
     * @throws InvalidValueException when there are too few or too many messages
     * @throws OutcomeUnknownException when the reply to the commit was lost
     */
    Appended append(SessionId id, List<NewMessage> messages, AppendOptions options);

    /** Appends one message, asking for nothing. */
    default Appended append(SessionId id, NewMessage message) {
        return append(id, List.of(message), AppendOptions.plain());
    }

    /**
     * Makes this list the session's transcript, all or nothing, for hosts that keep conversations
     * as a whole.
     *
     * <p>Where the current transcript is how the given one begins, message by message and by
     * meaning, the rest of it is appended; nothing is written where there is no rest. Otherwise the
     * transcript begins a new generation: all given messages are appended, sequences go on, and
     * {@link Session#baseSequence()} moves to the last sequence of before. The earlier messages
     * stay: {@link #messages} and tails still read them by sequence, everything else reads the
     * current transcript alone. An empty list leaves an empty transcript.
     *
     * <p>The options ask for the same as those of {@link #append}, and are looked at in the same
     * order; the expected sequence is the last one ever appended. A repeated call with the same key
     * and a transcript that means the same returns the first call's result, whatever the transcript
     * has become since.
     *
     * <p>The call reads the current transcript; {@link #append} costs the same however long it is.
     *
     * @param transcript up to 100,000 messages of at most 256 MB together
     * @throws NotFoundException when there is no such session
     * @throws ConflictException when the key was used with other content or for an append, the
     *     fencing token is stale, or the last sequence is not the expected one
     * @throws InvalidValueException when the transcript is too long
     * @throws OutcomeUnknownException when the reply to the commit was lost
     */
    Replaced replaceTranscript(SessionId id, List<NewMessage> transcript, AppendOptions options);

    /**
     * Takes the session for a holder, so that of several workers one at a time writes to it.
     *
     * <p>The lease has a token higher than any that the session had before. Appends with {@link
     * AppendOptions#fenced} succeed as long as their token is the latest; acquiring and releasing
     * make every earlier one stale. So a holder that was stalled past its expiry (a long pause of
     * the garbage collector, a lost network) cannot write after another took over, however its own
     * clock stands; while nobody did, it may go on. The expiry decides only who may acquire.
     * Appends without a token stay allowed while the session is held: a user's message comes in
     * while an agent works.
     *
     * <p>Of concurrent calls for several holders one succeeds. A holder that acquires again, such
     * as a process restarted under the same name, takes over from itself at once. When the session
     * is purged and created again, tokens stay higher as far as the clock does not go back.
     *
     * @param holder who takes it: 1 to 255 characters; shown to others
     * @param ttl how long others are kept from acquiring, 1 millisecond to 24 hours from now, by
     *     this storage's clock
     * @throws NotFoundException when there is no such session
     * @throws ConflictException for {@link ConflictException.Reason#LEASED} when another holder's
     *     lease has not expired
     * @throws InvalidValueException when holder or time is out of bounds
     */
    SessionLease acquire(SessionId id, String holder, Duration ttl);

    /**
     * Moves the expiry of a lease, from now, and keeps its token. That succeeds after the expiry
     * too, unless the session was acquired since. The token alone is looked at.
     *
     * @param ttl 1 millisecond to 24 hours from now; it may end earlier than before
     * @return the lease as it is now
     * @throws NotFoundException when there is no such session
     * @throws ConflictException for {@link ConflictException.Reason#FENCED} when the session was
     *     acquired since, or released
     * @throws InvalidValueException when the time is out of bounds
     */
    SessionLease renew(SessionLease lease, Duration ttl);

    /**
     * Gives a lease back: anyone may acquire at once, and the token is stale from now on.
     *
     * @return whether it was still held; false also where the session is not there
     */
    boolean release(SessionLease lease);

    /**
     * Returns the lease whose token is the session's latest, expired or not; nothing when nobody
     * holds the session or there is no such session.
     */
    Optional<SessionLease> leaseOf(SessionId id);

    /**
     * Returns a page of messages by sequence, those of earlier generations of the transcript
     * included: sequences never change, so whoever follows them misses nothing and needs no notice
     * of a replacement. The current transcript is what follows {@link Session#baseSequence()}.
     *
     * @throws NotFoundException when there is no such session
     */
    Page<Message> messages(SessionId id, MessageRange range, PageRequest page);

    /**
     * Returns the last messages of the current transcript, oldest first.
     *
     * @param n at most this many, 1 to 1000
     * @throws NotFoundException when there is no such session
     */
    List<Message> lastMessages(SessionId id, int n);

    /**
     * Returns the last messages of the current transcript, and those before them that are needed so
     * that no tool result stands without its call: what a model can be given. Oldest first, without
     * gaps, as it is in one instant.
     *
     * <p>A result belongs to the nearest call of its id before it, be they written as OpenAI's chat
     * messages, older functions or response items, as Anthropic's content blocks, or with {@code
     * tool_call_ids}. Only the 1,000 messages before those asked for are looked at: a result whose
     * call is not among them stands alone. Messages of any other shape are taken as they are.
     *
     * @param n at least this many where there are as many, 1 to 1000
     * @throws NotFoundException when there is no such session
     * @throws InvalidValueException when {@code n} is out of bounds
     */
    List<Message> window(SessionId id, int n);

    /**
     * Returns the current transcript, whole, as it is in one instant.
     *
     * @throws NotFoundException when there is no such session
     */
    Transcript transcript(SessionId id);

    /**
     * Hands the current transcript to the consumer message by message, as it was when the call
     * began; memory does not grow with its length. The call holds a connection until the consumer
     * has taken the last message.
     *
     * @throws NotFoundException when there is no such session
     */
    void streamTranscript(SessionId id, Consumer<? super Message> consumer);

    /**
     * Searches the current transcripts of all live sessions in the scope.
     *
     * <p>The text is words, all of which a message must hold, {@code "phrases"}, {@code OR}, {@code
     * -not}, {@code prefix*} and parentheses; {@code docs/search.md} has the grammar. Hits come by
     * descending score; equal ones by creation, newest first, then by session id and sequence.
     *
     * <p>A search is complete: it finds every message whose append returned before it began,
     * whether it was indexed yet or not; on stores that are bound to a transaction or a connection
     * what that transaction appended, too. Pages neither repeat nor skip a message while others are
     * appended; those appended later than the newest message that the first page saw are on a new
     * first page. Of more than {@value #RANKED} matching messages the newest so many are ranked,
     * and the result says so.
     *
     * @throws SearchSyntaxException when the text is no query, saying where
     * @throws InvalidValueException when the cursor is of another search
     * @throws InvalidOptionsException when search is switched off in this process
     */
    SearchResult search(String text, SearchScope scope, PageRequest page);

    /**
     * Finds the messages in the current transcripts of all live sessions in the scope that contain
     * a document, in the sense of PostgreSQL's {@code @>}: {@code {"role":"tool"}} is contained in
     * every message whose role is {@code tool}, whatever else it holds. {@code docs/containment.md}
     * has the rules.
     *
     * <p>Messages come by creation, newest first, then by session id and sequence, as many as there
     * are. The call is complete as {@link #search} is. Pages neither repeat nor skip a message
     * while others are appended; those are on a new first page.
     *
     * <p>A page is found by the search index, and costs about what it holds, however many messages
     * contain the document. A document without a string, number, boolean or null in it ({@code
     * {"tools":[]}}) is not in the index: the messages of the scope are read until the page is
     * full.
     *
     * @param document an object
     * @throws InvalidValueException when the document is no object, or the cursor is of another
     *     call
     * @throws InvalidOptionsException when search is switched off in this process
     */
    Page<Message> findContaining(Json document, SearchScope scope, PageRequest page);

    /**
     * Finds the live sessions in the scope whose current transcripts, each taken as an array of the
     * messages' bodies, contain an array, in the sense of PostgreSQL's {@code @>}: each of its
     * elements is contained in some message, be it the same or another. So {@code
     * [{"role":"user"},{"error":true}]} finds sessions in which a user spoke and something failed.
     * An element that is a scalar is in a transcript of which it is a message, not in a message
     * that is an array. An empty array is in every transcript. Where the scope says when messages
     * were appended, these alone count.
     *
     * <p>Sessions come by creation, newest first, then by id. The call is complete as {@link
     * #search} is. Pages never repeat a session; one that comes to contain the array, or is
     * created, while somebody pages is on a later page or on a new first one.
     *
     * @param elements an array
     * @throws InvalidValueException when it is no array, or the cursor is of another call
     * @throws InvalidOptionsException when search is switched off in this process
     */
    Page<Session> findSessionsContaining(Json elements, SearchScope scope, PageRequest page);

    /**
     * Deletes the session softly; participants and messages stay for {@link #restore}.
     *
     * @return whether it was there until now
     */
    boolean delete(SessionId id);

    /**
     * Undoes {@link #delete}. Under a deleted config the session stays hidden until that is
     * restored, too.
     *
     * @return whether it was deleted itself until now
     * @throws NotFoundException when there is no such session, deleted or not
     */
    boolean restore(SessionId id);

    /**
     * Removes the session for good, deleted or not, with its messages and participants; its id is
     * free again.
     *
     * @return whether there was anything to remove
     */
    boolean purge(SessionId id);

    /**
     * Deletes softly, as {@link #delete} does, every session that has been inactive for longer than
     * this: its record was updated and it was last active before, and its last message was appended
     * before, the exact instants counting and not the minute that {@link Session#lastActivityAt}
     * may be behind. What is exactly as old is spared, and so is what is {@linkplain #hold held},
     * or hidden with its config.
     *
     * <p>It works in transactions of a few hundred sessions, so that no writer waits for long. Each
     * looks again under its locks: a session that becomes active meanwhile is spared, and one that
     * another transaction is at work on at that moment is left to the next call. A thread that is
     * interrupted ends it between two of them, returns what was done so far, and stays interrupted.
     * When a transaction fails, those before it stay done.
     *
     * @param olderThan 0 seconds to 36,500 days, by this storage's clock when the call begins
     * @return how many sessions it deleted
     * @throws InvalidValueException when the time is out of bounds
     * @throws TransactionException on stores that are bound to a transaction or a connection
     * @throws AccessDeniedException in a limited store
     */
    long cleanup(Duration olderThan);

    /**
     * Deletes what has been inactive for longer than {@link StorageOptions#maxSessionAge}. Nothing
     * calls this by itself.
     *
     * @throws InvalidValueException when the storage was opened without that age
     * @throws AccessDeniedException in a limited store
     * @see #cleanup(Duration)
     */
    long cleanup();

    /**
     * Removes for good, as {@link #purge} does, every session that has been deleted for longer than
     * this, by itself or with its config, unless it is {@linkplain #hold held}. The configs stay,
     * for {@link ConfigStore#purge}.
     *
     * <p>It works in small transactions and ends early, as {@link #cleanup(Duration)} does; a
     * session is removed whole in one of them. What is restored meanwhile is spared.
     *
     * @param olderThan 0 seconds to 36,500 days, by this storage's clock when the call begins
     * @return how many sessions it removed
     * @throws InvalidValueException when the time is out of bounds
     * @throws TransactionException on stores that are bound to a transaction or a connection
     * @throws AccessDeniedException in a limited store
     */
    long purgeDeleted(Duration olderThan);

    /**
     * Returns how many sessions {@link #cleanup(Duration)} would delete now.
     *
     * @throws InvalidValueException when the time is out of bounds
     * @throws AccessDeniedException in a limited store
     */
    long countInactive(Duration olderThan);

    /**
     * Returns how many sessions {@link #purgeDeleted} would remove now.
     *
     * @throws InvalidValueException when the time is out of bounds
     * @throws AccessDeniedException in a limited store
     */
    long countPurgeable(Duration olderThan);

    /**
     * Keeps the session, deleted or not, from {@link #cleanup} and {@link #purgeDeleted} until
     * {@link #releaseHold}. {@link #delete} and {@link #purge} of this one session, and {@link
     * ConfigStore#purge}, do as they are told. The session's record stays as it is.
     *
     * @return whether it was not held until now
     * @throws NotFoundException when there is no such session, deleted or not
     * @throws AccessDeniedException in a limited store
     */
    boolean hold(SessionId id);

    /**
     * Undoes {@link #hold}; a lease is given back with {@link #release}.
     *
     * @return whether the session was held until now; false also where it is not there
     * @throws AccessDeniedException in a limited store
     */
    boolean releaseHold(SessionId id);

    /**
     * Returns whether the session, deleted or not, is {@linkplain #hold held}.
     *
     * @throws AccessDeniedException in a limited store
     */
    boolean isHeld(SessionId id);

    /**
     * Adds a participant. One who is there already keeps role and permissions, and is noted as
     * active now.
     *
     * @return the participant as it is now
     * @throws ReferenceException when there is no such session
     */
    Participant addParticipant(SessionId id, UserId user, ParticipantRole role);

    /**
     * Removes a participant.
     *
     * @return whether the user took part until now
     * @throws NotFoundException when there is no such session
     * @throws ConflictException when the user is its last owner
     */
    boolean removeParticipant(SessionId id, UserId user);

    /**
     * Returns the participants in the order in which they joined; ties are broken by user id.
     *
     * @throws NotFoundException when there is no such session
     */
    List<Participant> participants(SessionId id);

    /**
     * Gives a participant another role and notes the person as active now.
     *
     * @throws NotFoundException when there is no such session or participant
     * @throws ConflictException when the user is the last owner and would no longer be one
     */
    Participant updateRole(SessionId id, UserId user, ParticipantRole role);

    /**
     * Replaces a participant's permissions.
     *
     * @throws NotFoundException when there is no such session or participant
     * @throws InvalidValueException when the permissions are not an object that can be indexed
     */
    Participant updatePermissions(SessionId id, UserId user, Json permissions);

    /**
     * Returns the user's role in the session, or nothing when there is no such session or the user
     * takes no part.
     */
    Optional<ParticipantRole> roleOf(SessionId id, UserId user);

    /**
     * Returns a page of the sessions in which the user takes part, the one in which the user was
     * active last first, those without activity at the end; ties are broken by session id,
     * descending.
     */
    Page<Membership> sessionsOf(UserId user, PageRequest page);

    /**
     * Follows the session live, from the message after a sequence.
     *
     * <p>Messages come each once, in order and without a gap, whoever appends them; where the
     * transcript is replaced, {@link TailEvent.TranscriptReplaced} says so between the old messages
     * and the new, and again to a tail that is opened at that very place. The tail follows this
     * session until it is purged, deletions and restorations included.
     *
     * @param afterSequence the last sequence that the caller has, from 0 to the session's last
     * @throws NotFoundException when there is no such session
     * @throws InvalidValueException when the sequence is negative
     * @throws ConflictException when the session ends before that sequence: it was handed out by
     *     another session, or by a database that has lost messages since
     * @throws TransactionException on stores that are bound to a transaction or a connection
     */
    Tail tail(SessionId id, long afterSequence);

    /**
     * Follows every session that the user takes part in, those of now from their present end, and
     * those that the user comes to later from the beginning.
     *
     * @throws TransactionException on stores that are bound to a transaction or a connection
     */
    Tail tailAll(UserId user);

    /**
     * Follows every session that the user takes part in, to go on where an earlier tail stood.
     *
     * @param after the last sequence that the caller has of each session, as {@link Tail#positions}
     *     says; sessions that are not named are followed from the beginning, and those that the
     *     user does not take part in only once that is so
     * @throws InvalidValueException when a sequence is negative
     * @throws ConflictException when a session ends before the sequence that is named for it
     * @throws TransactionException on stores that are bound to a transaction or a connection
     */
    Tail tailAll(UserId user, Map<SessionId, Long> after);
}
