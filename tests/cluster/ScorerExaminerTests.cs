using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Grains;
using RailCluster.Scoring;
using RailCluster.Storage;

namespace RailCluster.Cluster.Tests;

public sealed class ScorerExaminerTests : IAsyncLifetime
{
    private readonly SwitchedScorer _scorer = new(new RulesScorer());
    private readonly DataFolder _data = DataFolder.Open(Directory.CreateTempSubdirectory("rail-examiner-").FullName);
    private SqliteObjectStore _store = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ScorerExaminer Examiner => new(_store, new ScorerCatalog(_scorer));

    public ValueTask InitializeAsync()
    {
        _store = SqliteObjectStore.Open(_data);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task BlindAsync_AskedByTwoSilos_ExaminesOnceAndSealsTheFinding()
    {
        var first = await Examiner.BlindAsync(_scorer.Identity, Token);
        var examined = _scorer.Examined;
        var second = await Examiner.BlindAsync(_scorer.Identity, Token);

        Assert.Equal((await PositiveControls.ExamineAsync(new RulesScorer(), Token)).Blind, first);
        Assert.DoesNotContain(Dimension.Accountability, first);
        Assert.Equal(first, second);
        Assert.Equal((2 * PositiveControls.Pairs.Length, examined), (examined, _scorer.Examined));
        Assert.Equal([ObjectKeys.Examination(_scorer.Identity, PositiveControls.Hash)], await _store.ListAllAsync("controls/", Token).ToListAsync(Token));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task BlindAsync_TheScorerIsAwayOrThrows_IsBlindToAllUntilItIsBack(bool away, bool throws)
    {
        (_scorer.Away, _scorer.Throws) = (away, throws);
        Assert.Equal(Dimensions.All, await Examiner.BlindAsync(_scorer.Identity, Token));
        Assert.Empty(await _store.ListAllAsync("controls/", Token).ToListAsync(Token));

        (_scorer.Away, _scorer.Throws) = (false, false);
        Assert.DoesNotContain(Dimension.Accountability, await Examiner.BlindAsync(_scorer.Identity, Token));
    }

    [Fact]
    public async Task BlindAsync_AskedWhileItIsExamined_WaitsForTheSameExamination()
    {
        _scorer.IsRemote = true;
        _scorer.HoldExamination();
        var examiner = Examiner;
        var told = new TaskCompletionSource();
        Assert.False(await examiner.IsReadyAsync(_scorer.Identity, () =>
        {
            told.SetResult();
            return Task.CompletedTask;
        }));
        var asked = Enumerable.Range(0, 5).Select(_ => examiner.BlindAsync(_scorer.Identity, Token)).ToList();
        _scorer.LetExaminationOn();
        foreach (var blind in asked) Assert.DoesNotContain(Dimension.Accountability, await blind);
        await told.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);

        Assert.Equal(2 * PositiveControls.Pairs.Length, _scorer.Examined);
        Assert.True(await examiner.IsReadyAsync(_scorer.Identity, () => throw new InvalidOperationException("nobody waits")));
    }

    [Fact]
    public async Task IsReadyAsync_ALocalScorer_IsAndExaminesNothing()
    {
        Assert.True(await Examiner.IsReadyAsync(_scorer.Identity, () => throw new InvalidOperationException("nobody waits")));
        Assert.Equal(0, _scorer.Examined);
    }

    [Fact]
    public async Task BlindAsync_AVersionThatIsNotHere_IsBlindToAll()
    {
        Assert.Equal(Dimensions.All, await Examiner.BlindAsync(_scorer.Identity with { Version = "0" }, Token));
        Assert.Equal(0, _scorer.Examined);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _data.Dispose();
        Directory.Delete(_data.Path, recursive: true);
    }
}
