using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using RailCluster.Evaluation;

namespace RailCluster.Storage.Tests;

public sealed class ObjectGrainStorageTests : GrainStorageTester
{
    private static readonly GrainId Grain = GrainId.Create("notebook", "default/first");

    private readonly TemporaryFolder _temporary = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();
    private DataFolder _folder = null!;
    private SqliteObjectStore _store = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    protected override Task<IGrainStorage> OpenAsync()
    {
        _folder = DataFolder.Open(_temporary.Path);
        _store = SqliteObjectStore.Open(_folder);
        return Task.FromResult<IGrainStorage>(StorageOf("rail"));
    }

    protected override async Task CloseAsync()
    {
        await _store.DisposeAsync();
        await _services.DisposeAsync();
        _folder.Dispose();
        _temporary.Dispose();
    }

    [Fact]
    public async Task Write_State_RestsAsReadableJsonUnderTheGrain()
    {
        await Storage.WriteStateAsync("notes", Grain, Holding(new Notebook("hä?", 1)));
        var stored = await _store.GetAsync("state/rail/notes/notebook/default%2Ffirst", Token);
        Assert.Equal(
            """{"version":1,"grain":"notebook/default/first","state":{"text":"hä?","number":1,"pages":[]}}""",
            Encoding.UTF8.GetString(stored!.Content.Span));
    }

    [Fact]
    public async Task Read_OtherService_SeesNothing()
    {
        await Storage.WriteStateAsync("notes", Grain, Holding(new Notebook("mine", 1)));
        var state = Holding(new Notebook());
        await StorageOf("other").ReadStateAsync("notes", Grain, state);
        Assert.False(state.RecordExists);
    }

    [Theory]
    [InlineData("""{"version":2,"grain":"notebook/default/first","pages":"in another shape"}""", "grain state of version 2, this build knows 1")]
    [InlineData("""{"version":1,"grain":"notebook/default/second","state":{"text":"","number":1}}""", "holds the state of notebook/default/second")]
    [InlineData("""{"version":1,"grain":"notebook/default/first","state":{"text":7}}""", "is not the state of notebook/default/first")]
    [InlineData("""{"version":1,"gra""", "is not the state of notebook/default/first")]
    public async Task Read_WhatIsNoStateOfThisBuild_NamesTheObject(string content, string expected)
    {
        const string key = "state/rail/notes/notebook/default%2Ffirst";
        await _store.PutIfAbsentAsync(key, Encoding.UTF8.GetBytes(content), Token);
        var fault = await Assert.ThrowsAsync<ObjectStoreException>(() => Storage.ReadStateAsync("notes", Grain, Holding(new Notebook())));
        Assert.StartsWith($"{key}: {expected}", fault.Message);
        Assert.DoesNotContain('\n', fault.Message);
    }

    private ObjectGrainStorage StorageOf(string serviceId) => new(
        _store,
        _services.GetRequiredService<IActivatorProvider>(),
        Options.Create(new ClusterOptions { ServiceId = serviceId }));
}
