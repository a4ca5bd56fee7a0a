using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Orleans.Storage;

namespace RailCluster.Storage.Tests;

/// <summary>What every grain storage must do; one subclass a storage.</summary>
public abstract class GrainStorageTester : IAsyncLifetime
{
    private static readonly GrainId Grain = GrainId.Create("notebook", "default/first");

    protected IGrainStorage Storage { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Storage = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<IGrainStorage> OpenAsync();

    protected abstract Task CloseAsync();

    [Fact]
    public async Task Read_NothingThere_IsAFreshState()
    {
        var state = Holding(new Notebook("left over", 7));
        state.ETag = "1";
        state.RecordExists = true;
        await Storage.ReadStateAsync("notes", Grain, state);
        Assert.Null(state.ETag);
        Assert.False(state.RecordExists);
        Assert.Equal(new Notebook(), state.State);
    }

    [Fact]
    public async Task Write_ThenRead_GivesTheSameStateAndETag()
    {
        var written = Holding(new Notebook("ünï \"quoted\" \u2028", 3) { Pages = ["a", "b"] });
        await Storage.WriteStateAsync("notes", Grain, written);
        Assert.NotNull(written.ETag);
        Assert.True(written.RecordExists);

        var read = await ReadAsync(Grain);
        Assert.Equal((written.ETag, true), (read.ETag, read.RecordExists));
        Assert.Equal(written.State.Text, read.State.Text);
        Assert.Equal(written.State.Pages, read.State.Pages);
    }

    [Fact]
    public async Task Write_TwoCreators_SecondIsInconsistent()
    {
        await Storage.WriteStateAsync("notes", Grain, Holding(new Notebook("first", 1)));
        var second = Holding(new Notebook("second", 2));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("notes", Grain, second));
        Assert.Null(second.ETag);
        Assert.Equal("first", (await ReadAsync(Grain)).State.Text);
    }

    [Fact]
    public async Task Write_OldVersion_IsInconsistentAndNamesBothVersions()
    {
        var mine = Holding(new Notebook("first", 1));
        await Storage.WriteStateAsync("notes", Grain, mine);
        var theirs = await ReadAsync(Grain);
        theirs.State = new Notebook("theirs", 2);
        await Storage.WriteStateAsync("notes", Grain, theirs);

        mine.State = new Notebook("mine", 3);
        var fault = await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("notes", Grain, mine));
        Assert.Equal((theirs.ETag, mine.ETag), (fault.StoredEtag, fault.CurrentEtag));
        Assert.Equal("theirs", (await ReadAsync(Grain)).State.Text);
    }

    [Fact]
    public async Task Clear_Current_LeavesNothingAndAFreshState()
    {
        var state = Holding(new Notebook("first", 1));
        await Storage.WriteStateAsync("notes", Grain, state);
        await Storage.ClearStateAsync("notes", Grain, state);
        Assert.Equal((null, false, new Notebook()), (state.ETag, state.RecordExists, state.State));
        Assert.False((await ReadAsync(Grain)).RecordExists);
        await Storage.WriteStateAsync("notes", Grain, state);
        Assert.NotNull(state.ETag);
    }

    [Fact]
    public async Task Clear_OldVersionOrUnread_IsInconsistent()
    {
        var old = Holding(new Notebook("first", 1));
        await Storage.WriteStateAsync("notes", Grain, old);
        await Storage.WriteStateAsync("notes", Grain, await ReadAsync(Grain));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.ClearStateAsync("notes", Grain, old));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.ClearStateAsync("notes", Grain, Holding(new Notebook())));
        Assert.True((await ReadAsync(Grain)).RecordExists);
    }

    [Fact]
    public async Task Clear_NothingThere_ChangesNothing()
    {
        var state = Holding(new Notebook());
        await Storage.ClearStateAsync("notes", Grain, state);
        Assert.False(state.RecordExists);
    }

    [Fact]
    public async Task Write_OddKeys_StayApart()
    {
        string[] keys =
        [
            "a/b", "a%2Fb", "a%252Fb", "a b", "a+b", "..", ".", "a/../b", "a//b", "ä", "a\u0308", "日本", "a\nb", "a\\b", "%", "~", "A/b",
            new string('x', 500), new string('x', 501), new string('/', 500), new string('x', 300) + "/y", new string('日', 2000),
        ];
        var grains = keys.Select(key => GrainId.Create("notebook", key)).Append(GrainId.Create("note.book", "a/b")).ToArray();
        for (var i = 0; i < grains.Length; i++)
        {
            await Storage.WriteStateAsync("notes", grains[i], Holding(new Notebook($"{i}", i)));
            await Storage.WriteStateAsync("other notes", grains[i], Holding(new Notebook($"other {i}", i)));
        }

        for (var i = 0; i < grains.Length; i++)
        {
            Assert.Equal($"{i}", (await ReadAsync(grains[i])).State.Text);
            Assert.Equal($"other {i}", (await ReadAsync(grains[i], "other notes")).State.Text);
        }
    }

    [Fact]
    public async Task Write_FiveMegabytes_ComesBack()
    {
        var text = string.Concat(Enumerable.Range(0, 500_000).Select(i => $"{i:D10}"));
        await Storage.WriteStateAsync("notes", Grain, Holding(new Notebook(text, 1)));
        Assert.True(text == (await ReadAsync(Grain)).State.Text);
    }

    [Fact]
    public async Task Write_ManyWritersOfOneState_LoseNoUpdate()
    {
        await Storage.WriteStateAsync("notes", Grain, Holding(new Notebook("count", 0)));
        var wins = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(CountAsync)));
        var final = (await ReadAsync(Grain)).State.Number;
        Assert.Equal(wins.Sum(), final);
        Assert.All(wins, won => Assert.Equal(10, won));
    }

    protected static HeldState Holding(Notebook state) => new() { State = state };

    // Adds one, ten times, each on the version just read; a lost race reads again.
    private async Task<int> CountAsync()
    {
        var won = 0;
        while (won < 10)
        {
            var state = await ReadAsync(Grain);
            state.State = state.State with { Number = state.State.Number + 1 };
            try
            {
                await Storage.WriteStateAsync("notes", Grain, state);
                won++;
            }
            catch (InconsistentStateException)
            {
            }
        }

        return won;
    }

    private async Task<HeldState> ReadAsync(GrainId grain, string name = "notes")
    {
        var state = Holding(new Notebook());
        await Storage.ReadStateAsync(name, grain, state);
        return state;
    }
}

/// <summary>A state to store.</summary>
public sealed record Notebook(string Text, int Number)
{
    public Notebook()
        : this("", 0)
    {
    }

    public ImmutableArray<string> Pages { get; init; } = [];
}

/// <summary>A state as a grain holds it.</summary>
public sealed class HeldState : IGrainState<Notebook>
{
    [AllowNull]
    public Notebook State { get => field; set => field = value ?? new Notebook(); } = new();

    public string? ETag { get; set; }

    public bool RecordExists { get; set; }
}
