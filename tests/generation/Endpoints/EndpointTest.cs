using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Services;

namespace RailCluster.Generation.Tests;

/// <summary>A server and generators over it, both gone with the test.</summary>
public abstract class EndpointTest : IAsyncLifetime
{
    protected const string Secret = "sk-very-secret-0123456789";

    private readonly List<EndpointGenerator> _generators = [];

    internal ChatServer Server { get; private set; } = null!;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected static GenerationSettings Greedy { get; } = new() { MaxNewTokens = 32 };

    protected static GenerationSettings Drawn { get; } = new() { MaxNewTokens = 32, Temperature = 1, Seed = 7 };

    public async ValueTask InitializeAsync() => Server = await ChatServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (EndpointGenerator generator in _generators)
            await generator.DisposeAsync();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Options that lose no time: waits of milliseconds.</summary>
    protected EndpointGeneratorOptions Quick() => new()
    {
        Address = EndpointAddress.Parse(Server.Url, keyed: true, plainHttp: false),
        ModelName = "m",
        Key = new EndpointKey(Secret, "TEST_KEY"),
        Slots = 8,
        Attempts = 3,
        FirstWait = TimeSpan.FromMilliseconds(1),
        AttemptDeadline = TimeSpan.FromSeconds(30),
        Deadline = TimeSpan.FromSeconds(60),
    };

    protected async Task<EndpointGenerator> ConnectAsync(EndpointGeneratorOptions? options = null, TimeProvider? time = null)
    {
        EndpointGenerator generator = await EndpointGenerator.ConnectAsync(options ?? Quick(), time ?? TimeProvider.System, Stop);
        _generators.Add(generator);
        return generator;
    }

    protected static GenerationRequest Say(string text) => new(text, new PromptInput.Text(text));

    protected static GenerationRequest[] Many(int count) => [.. Enumerable.Range(0, count).Select(index => Say($"p{index:000}"))];

    protected static async Task<Dictionary<string, GenerationOutcome>> AllAsync(EndpointGenerator generator, IReadOnlyList<GenerationRequest> requests, GenerationSettings settings)
    {
        var outcomes = new Dictionary<string, GenerationOutcome>();
        await foreach (GeneratedText answer in generator.GenerateAsync(requests, settings, Stop))
        {
            Assert.Empty(answer.OutputIds);
            outcomes.Add(answer.Id, answer.Outcome);
        }

        return outcomes;
    }

    /// <summary>What becomes of one prompt.</summary>
    protected async Task<GenerationOutcome> OneAsync(GenerationSettings? settings = null, EndpointGeneratorOptions? options = null, GenerationRequest? request = null)
    {
        EndpointGenerator generator = await ConnectAsync(options);
        return Assert.Single(await AllAsync(generator, [request ?? Say("hello")], settings ?? Greedy)).Value;
    }
}
