using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Services;

/// <summary>
/// Lets calls to a service through one by one, within what all who share its key may do together. It takes blocks of calls as demand stands, ahead of
/// need, hands them out in order when they are due, and tells what became of them. Without demand it gives everything back and does nothing.
/// </summary>
public sealed partial class CallPacer
{
    private static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(10);
    private static int _pacers;

    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiters = [];
    private readonly CallSlots _slots = new();
    private readonly CallTally _tally = new();
    private readonly ConcurrencyGate _gate;
    private readonly string _quota;
    private readonly QuotaLimits _limits;
    private readonly IScorerQuota _source;
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly string _holder;
    private ITimer? _timer;
    private TimeSpan _held;
    private TimeSpan _active;
    private int _underWay;

    /// <summary>A pacer for one account; all of a process's calls to it go through one pacer.</summary>
    /// <param name="quota">The account: the scorer and a hash of the key, never the key.</param>
    /// <param name="limits">The limits as configured.</param>
    /// <param name="source">The account's keeper.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="RailInputException">A limit makes no sense.</exception>
    public CallPacer(string quota, QuotaLimits limits, IScorerQuota source, TimeProvider time)
    {
        QuotaBook.Check(limits);
        (_quota, _limits, _source, _time) = (quota, limits, source, time);
        _gate = new ConcurrencyGate(limits.InFlight);
        _origin = time.GetTimestamp();
        _holder = $"{Environment.MachineName}/{Environment.ProcessId}/{Interlocked.Increment(ref _pacers)}";
    }

    private TimeSpan Now => _time.GetElapsedTime(_origin);

    /// <summary>Waits until a call may be sent. Whoever enters leaves, whatever becomes of the call.</summary>
    /// <param name="credits">What it may cost; 0 where nothing is charged.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="EndpointException">A cap is reached: <see cref="FaultKind.Fatal"/>, with the cap's name.</exception>
    public Task<CallPass> EnterAsync(double credits, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<CallPass>(cancellationToken);
        var waiter = new Waiter(credits);
        lock (_lock)
        {
            if (_spent is { } spent && _slots.Count == 0 && Now < spent.Until && credits >= spent.Credits)
                return Task.FromException<CallPass>(new EndpointException(FaultKind.Fatal, spent.Reason));
            _waiters.AddLast(waiter.Node);
            _active = Now;
        }

        CancellationTokenRegistration giveUp = cancellationToken.UnsafeRegister(_ => GiveUp(waiter, cancellationToken), null);
        lock (_lock)
        {
            if (waiter.Node.List is null)
                giveUp.Unregister();
            else
                waiter.GiveUp = giveUp;
        }

        Step();
        return waiter.Place.Task;
    }

    private void GiveUp(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (waiter.Node.List is null)
                return;
            _waiters.Remove(waiter.Node);
            _active = Now;
            waiter.Place.TrySetCanceled(cancellationToken);
        }

        Step();
    }

    private void Leave(long place, double paid, TimeSpan since, CallResult result)
    {
        lock (_lock)
        {
            _underWay--;
            _active = Now;
            _gate.Leave(place, result.WasThrottled);
            _tally.Left(result, paid, _active - since);
            if (result.RetryAfter is { } asked && asked > TimeSpan.Zero)
            {
                TimeSpan until = _active + (asked < QuotaBook.LongestHold ? asked : QuotaBook.LongestHold);
                _held = until > _held ? until : _held;
                _askAt = _active;
            }
        }

        Step();
    }

    // All that can be done now is done; the timer brings it back when the next thing can be.
    private void Step()
    {
        QuotaAsk? ask;
        lock (_lock)
        {
            TimeSpan now = Now;
            _slots.Lapse(now, _held, _tally);
            Serve(now);
            ask = Question(now);
            Arm(now);
        }

        if (ask is not null)
            _ = AskAsync(ask);
    }

    private void Serve(TimeSpan now)
    {
        while (_waiters.First is { } first && _slots.Next is { } slot && slot.Due <= now && _gate.TryEnter(out long place))
        {
            _slots.Take();
            Waiter waiter = first.Value;
            if (!_tally.TryPay(slot.Credits, waiter.Credits))
            {
                // Too dear for what was reserved; the next block is asked for at its price.
                _tally.Unused(slot.Credits);
                _gate.Leave(place, throttled: null);
                continue;
            }

            _waiters.RemoveFirst();
            waiter.GiveUp.Unregister();
            _underWay++;
            _served++;
            waiter.Place.TrySetResult(new CallPass(result => Leave(place, waiter.Credits, now, result)));
        }
    }

    private void Arm(TimeSpan now)
    {
        TimeSpan next = TimeSpan.MaxValue;
        foreach (TimeSpan moment in Moments(now))
        {
            if (moment > now && moment < next)
                next = moment;
        }

        // Timers count whole milliseconds, and one that is early would be set again at once.
        TimeSpan wait = next == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(Math.Ceiling((next - now).TotalMilliseconds));
        _timer ??= _time.CreateTimer(_ => Step(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private IEnumerable<TimeSpan> Moments(TimeSpan now)
    {
        if (_slots.Next is { } slot)
        {
            yield return slot.Due > now ? slot.Due : slot.Gone + TimeSpan.FromTicks(1);
            yield return _slots.Last - Ahead;
        }

        if (_isAsking)
            yield break;
        yield return _askAt;
        yield return _held;
        if (!_isHolder)
            yield break;
        yield return _active + Linger;
        yield return _asked + TellEvery;
    }

    private sealed class Waiter
    {
        public Waiter(double credits)
        {
            Credits = credits;
            Node = new LinkedListNode<Waiter>(this);
        }

        public double Credits { get; }

        public LinkedListNode<Waiter> Node { get; }

        public TaskCompletionSource<CallPass> Place { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CancellationTokenRegistration GiveUp { get; set; }
    }
}
