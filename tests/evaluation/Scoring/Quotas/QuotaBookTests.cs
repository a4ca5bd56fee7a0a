using CsCheck;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class QuotaBookTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 30, 0, TimeSpan.Zero);
    private static readonly QuotaReport Nothing = new(0, 0, 0, 0, 0, 0);

    // Who asks, after how long, for how much, how late each call is sent (in milliseconds), how much comes back unused; a holder that never reports has crashed.
    private static readonly Gen<(int Holder, int After, int Calls, int Late, double Unused)[]> Stories = Gen
        .Select(Gen.Int[0, 6], Gen.Int[0, 2500], Gen.Int[1, 40], Gen.Int[0, 1800], Gen.Double[0, 1])
        .Array[1, 300];

    [Fact]
    public void Take_AnyStory_NoMinuteAndNoDayHoldsMoreThanItsLimitAndNoMoreCreditsThanTheCap() =>
        Gen.Select(Stories, Gen.Int[1, 90], Gen.Int[20, 400], Gen.Double[1, 60]).Sample((story, perMinute, perDay, cap) =>
        {
            var limits = new QuotaLimits(perMinute, perDay, cap, 8);
            var (sent, spent) = Play(story, limits, creditsPerCall: 0.2);
            Assert.True(Most(sent, TimeSpan.FromMinutes(1)) <= perMinute);
            Assert.True(Most(sent, TimeSpan.FromHours(24)) <= perDay);
            Assert.True(spent <= cap + 1e-6);
        }, iter: 500);

    [Fact]
    public void Take_AnyStoryOfDays_NoDayHoldsMoreThanItsLimit() =>
        Gen.Select(Gen.Select(Gen.Int[0, 3], Gen.Int[0, 5 * 3_600_000], Gen.Int[1, 40], Gen.Int[0, 1800], Gen.Double[0, 1]).Array[1, 100], Gen.Int[1, 60])
            .Sample((story, perDay) => Most(Play(story, new QuotaLimits(null, perDay, null, 8), 0).Sent, TimeSpan.FromHours(24)) <= perDay, iter: 500);

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(60)]
    [InlineData(300)]
    public void Take_SteadyDemand_ReachesTheLimit(int perMinute)
    {
        var state = new QuotaState();
        var granted = 0;
        for (var now = Start; now < Start.AddHours(1); now += TimeSpan.FromMilliseconds(250))
        {
            (state, var grant) = QuotaBook.Take(state, Ask("a", 20, new QuotaLimits(perMinute, null, null, 8)), now);
            granted += Assert.IsType<QuotaGrant.Granted>(grant).Calls;
        }

        Assert.InRange(granted, Math.Floor(perMinute * 60 * 0.95), (perMinute * 60) + perMinute);
    }

    [Fact]
    public void Take_HoldersComeAndGo_TheirPlacesNeverAddUpToMoreThanThereAre() =>
        Gen.Select(Stories, Gen.Int[1, 12]).Sample((story, inFlight) =>
        {
            var limits = new QuotaLimits(null, null, null, inFlight);
            var state = new QuotaState();
            var held = new Dictionary<string, (int Places, DateTimeOffset Seen)>();
            var now = Start;
            foreach (var move in story)
            {
                now += TimeSpan.FromMilliseconds(move.After);
                var name = $"holder {move.Holder}";
                (state, var grant) = QuotaBook.Take(state, Ask(name, move.Unused < 0.1 ? 0 : move.Calls, limits), now);
                held[name] = (Assert.IsType<QuotaGrant.Granted>(grant).InFlight, now);
                Assert.True(held.Values.Where(holder => holder.Seen >= now - QuotaBook.Silence).Sum(holder => holder.Places) <= inFlight);
            }
        }, iter: 500);

    [Theory]
    [InlineData(8, 3, 2, 3)]
    [InlineData(8, 1, 8, 8)]
    [InlineData(5, 5, 1, 1)]
    public void Take_HoldersThatAskAgain_ShareEqually(int inFlight, int holders, int least, int most)
    {
        var places = Poll(inFlight, holders, TimeSpan.FromSeconds(30));
        Assert.All(places, held => Assert.InRange(held[^1], least, most));
        Assert.Equal(inFlight, places.Sum(held => held[^1]));
    }

    [Fact]
    public void Take_MoreHoldersThanPlaces_TakeTurns()
    {
        var places = Poll(inFlight: 2, holders: 7, TimeSpan.FromMinutes(3));
        Assert.All(places, held => Assert.InRange(held.Count(place => place == 1) / (double)held.Count, 0.15, 0.4));
    }

    [Fact]
    public void Take_AHolderCrashes_ItsPlacesComeFreeOnceItWasSilentForLong()
    {
        var limits = new QuotaLimits(null, null, null, 4);
        var (state, _) = QuotaBook.Take(new QuotaState(), Ask("gone", 4, limits), Start);
        (state, var early) = QuotaBook.Take(state, Ask("here", 4, limits), Start.AddSeconds(29));
        Assert.Equal(0, Assert.IsType<QuotaGrant.Granted>(early).InFlight);
        (_, var late) = QuotaBook.Take(state, Ask("here", 4, limits), Start.AddSeconds(31));
        Assert.Equal(4, Assert.IsType<QuotaGrant.Granted>(late).InFlight);
    }

    [Fact]
    public void Take_TheServiceRefuses_HalvesOnceForACrowdAndGrowsBack()
    {
        var limits = new QuotaLimits(null, null, null, 16);
        var (state, _) = QuotaBook.Take(new QuotaState(), Ask("a", 1, limits), Start);
        Assert.Equal(8, Places(ref state, limits, Nothing with { Throttled = 3 }, Start.AddSeconds(1)));
        Assert.Equal(8, Places(ref state, limits, Nothing with { Throttled = 1 }, Start.AddSeconds(2)));
        Assert.Equal(4, Places(ref state, limits, Nothing with { Throttled = 1 }, Start.AddSeconds(7)));
        for (var second = 8; second < 60; second++) Places(ref state, limits, Nothing with { Answered = 4, Seconds = 1 }, Start.AddSeconds(second));
        Assert.Equal(16, Places(ref state, limits, Nothing, Start.AddSeconds(61)));
    }

    [Fact]
    public void Take_AnswersTakeMoreThanTwiceTheBest_LowersALittleAndNotBelowAQuarter()
    {
        var limits = new QuotaLimits(null, null, null, 16);
        var state = new QuotaState();
        Assert.Equal(16, Places(ref state, limits, Nothing with { Answered = 20, Seconds = 10 }, Start));
        Assert.Equal(16, Places(ref state, limits, Nothing with { Answered = 20, Seconds = 19 }, Start.AddSeconds(6)));
        Assert.Equal(14, Places(ref state, limits, Nothing with { Answered = 20, Seconds = 22 }, Start.AddSeconds(12)));
        for (var step = 3; step < 40; step++) Places(ref state, limits, Nothing with { Answered = 20, Seconds = 100 }, Start.AddSeconds(6 * step));
        Assert.Equal(4, Places(ref state, limits, Nothing, Start.AddSeconds(241)));
    }

    [Fact]
    public void Take_RetryAfter_HoldsEveryone()
    {
        var limits = new QuotaLimits(60, null, null, 8);
        var (state, _) = QuotaBook.Take(new QuotaState(), Ask("a", 0, limits) with { Report = Nothing with { Throttled = 1, RetryAfterSeconds = 8 } }, Start);
        (_, var grant) = QuotaBook.Take(state, Ask("b", 1, limits), Start.AddSeconds(1));
        Assert.True(Assert.IsType<QuotaGrant.Granted>(grant).Wait >= TimeSpan.FromSeconds(7));
    }

    [Fact]
    public void Take_CapsAreReached_SaysWhichAndWhatToDo()
    {
        var credits = new QuotaLimits(null, null, 1, 8);
        var (state, grant) = QuotaBook.Take(new QuotaState(), Ask("a", 9, credits, 0.3), Start);
        Assert.Equal(3, Assert.IsType<QuotaGrant.Granted>(grant).Calls);
        (_, var wait) = QuotaBook.Take(state, Ask("a", 9, credits, 0.3), Start.AddSeconds(5));
        Assert.Equal(0, Assert.IsType<QuotaGrant.Granted>(wait).Calls);
        (state, var spent) = QuotaBook.Take(state, Ask("a", 9, credits, 0.3), Start.AddSeconds(11));
        Assert.Contains("credits", Assert.IsType<QuotaGrant.Exhausted>(spent).Reason, StringComparison.Ordinal);
        (_, var raised) = QuotaBook.Take(state, Ask("a", 9, credits with { Credits = 2 }, 0.3), Start.AddSeconds(12));
        Assert.Equal(3, Assert.IsType<QuotaGrant.Granted>(raised).Calls);

        var day = new QuotaLimits(null, 5, null, 8);
        (state, _) = QuotaBook.Take(new QuotaState(), Ask("a", 9, day), Start);
        (_, var over) = QuotaBook.Take(state, Ask("a", 9, day), Start.AddHours(23));
        Assert.Contains("5 calls a day", Assert.IsType<QuotaGrant.Exhausted>(over).Reason, StringComparison.Ordinal);
        Assert.Contains("2026-01-02 01:00 UTC", Assert.IsType<QuotaGrant.Exhausted>(over).Reason, StringComparison.Ordinal);
        (_, var next) = QuotaBook.Take(state, Ask("a", 9, day), Start.AddHours(24.5));
        Assert.Equal(5, Assert.IsType<QuotaGrant.Granted>(next).Calls);
    }

    [Fact]
    public void Take_UnusedCallsComeBack_OnlyThoseStillToComeAreGrantedAgain()
    {
        var limits = new QuotaLimits(600, null, null, 8);
        var (state, grant) = QuotaBook.Take(new QuotaState(), Ask("a", 9, limits), Start);
        var block = Assert.IsType<QuotaGrant.Granted>(grant);
        var now = Start + (4.5 * block.Spacing);
        (state, _) = QuotaBook.Take(state, Ask("a", 0, limits) with { Report = Nothing with { UnusedCalls = 9 } }, now);
        (_, var again) = QuotaBook.Take(state, Ask("b", 1, limits), now);
        Assert.Equal(0.5 * block.Spacing, Assert.IsType<QuotaGrant.Granted>(again).Wait);
    }

    [Fact]
    public void Take_AQuestionOutOfRange_IsRefusedByName()
    {
        var limits = new QuotaLimits(null, null, null, 0);
        Assert.Contains("calls in flight", Assert.Throws<RailInputException>(() => QuotaBook.Take(new QuotaState(), Ask("a", 1, limits), Start)).Message, StringComparison.Ordinal);
        var odd = Ask("a", 1, limits with { InFlight = 1 }, double.NaN);
        Assert.Contains("credits", Assert.Throws<RailInputException>(() => QuotaBook.Take(new QuotaState(), odd, Start)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void State_SavedAndRead_IsTheSame()
    {
        var (state, _) = QuotaBook.Take(new QuotaState(), Ask("a", 9, new QuotaLimits(60, 100, 10, 8), 0.2), Start);
        var json = System.Text.Json.JsonSerializer.Serialize(state, RailJson.Options);
        Assert.Equal(json, System.Text.Json.JsonSerializer.Serialize(System.Text.Json.JsonSerializer.Deserialize<QuotaState>(json, RailJson.Options), RailJson.Options));
    }

    private static QuotaAsk Ask(string holder, int calls, QuotaLimits limits, double credits = 0) => new(holder, calls, credits, limits, Nothing);

    private static int Places(ref QuotaState state, QuotaLimits limits, QuotaReport report, DateTimeOffset now)
    {
        (state, var grant) = QuotaBook.Take(state, Ask("a", 1, limits) with { Report = report }, now);
        return Assert.IsType<QuotaGrant.Granted>(grant).InFlight;
    }

    private static List<List<int>> Poll(int inFlight, int holders, TimeSpan span)
    {
        var state = new QuotaState();
        var places = Enumerable.Range(0, holders).Select(_ => new List<int>()).ToList();
        for (var now = Start; now < Start + span; now += TimeSpan.FromMilliseconds(500))
        {
            for (var holder = 0; holder < holders; holder++)
            {
                (state, var grant) = QuotaBook.Take(state, Ask($"holder {holder}", 5, new QuotaLimits(null, null, null, inFlight)), now);
                places[holder].Add(Assert.IsType<QuotaGrant.Granted>(grant).InFlight);
            }
        }

        return places;
    }

    // Holders 5 and 6 never report: they spend everything and tell nothing. The others give back the calls and credits that they say they did not use.
    private static (List<DateTimeOffset> Sent, double Spent) Play((int Holder, int After, int Calls, int Late, double Unused)[] story, QuotaLimits limits, double creditsPerCall)
    {
        var state = new QuotaState();
        var sent = new List<DateTimeOffset>();
        var owed = new Dictionary<int, QuotaReport>();
        var spent = 0.0;
        var now = Start;
        foreach (var move in story)
        {
            now += TimeSpan.FromMilliseconds(move.After);
            if (move.Late == 7) state = QuotaBook.TakenOver(state, now);
            var ask = Ask($"holder {move.Holder}", move.Calls, limits, creditsPerCall) with { Report = owed.GetValueOrDefault(move.Holder, Nothing) };
            owed.Remove(move.Holder);
            (state, var grant) = QuotaBook.Take(state, ask, now);
            if (grant is not QuotaGrant.Granted block) continue;
            // Only the end of a block, which is still to come when the next question is asked, can be told as unused.
            var unused = move.Holder >= 5 ? 0 : (int)(block.Calls * move.Unused);
            for (var call = 0; call < block.Calls - unused; call++)
                sent.Add(now + block.Wait + (call * block.Spacing) + TimeSpan.FromMilliseconds((move.Late * (call + 1)) % 1800));
            spent += (block.Calls - unused) * creditsPerCall;
            owed[move.Holder] = Nothing with { UnusedCalls = unused, UnusedCredits = unused * creditsPerCall };
        }

        return (sent, spent);
    }

    private static int Most(List<DateTimeOffset> sent, TimeSpan window)
    {
        var ordered = sent.Order().ToList();
        var (most, first) = (0, 0);
        for (var last = 0; last < ordered.Count; last++)
        {
            while (ordered[last] - ordered[first] >= window) first++;
            most = Math.Max(most, last - first + 1);
        }

        return most;
    }
}
