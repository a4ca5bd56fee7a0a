using System.CommandLine;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Generation;
using RailCluster.Reports;
using RailCluster.Services;

namespace RailCluster.Cli;

/// <summary>A model that is ready to answer.</summary>
/// <param name="Generator">The caller disposes of it.</param>
/// <param name="Canaries">What was proved of it.</param>
/// <param name="Name">For people.</param>
/// <param name="Place">The folder as it was named, or the server's address.</param>
/// <param name="Endpoint">The server behind it; null for a folder.</param>
internal sealed record ReadyModel(ITextGenerator Generator, CanaryReport Canaries, string Name, string Place, EvaluatedEndpoint? Endpoint);

/// <summary>The options that say which model answers, the same on every command that generates: a folder, or a server and a name.</summary>
internal sealed class ModelChoice
{
    private const string DefaultKey = "RAIL_ENDPOINT_KEY";

    private readonly Option<string?> _model = new("--model") { Description = "A model to ask: its folder, or a URI (file:, https: or az:)." };
    private readonly Option<string?> _adapter = LocalModels.Adapter();
    private readonly Option<string?> _endpoint = new("--endpoint") { Description = "An OpenAI-compatible server to ask (vLLM, TGI, Azure OpenAI), such as http://127.0.0.1:8000/v1." };
    private readonly Option<string?> _name = new("--model-name") { Description = "The model's name on that server." };
    private readonly Option<string?> _key = new("--endpoint-key-env") { Description = $"The environment variable with the server's key; {DefaultKey} if it is set." };
    private readonly Option<bool> _plain = new("--endpoint-plain-http") { Description = "Lets the key cross the network unencrypted." };

    /// <summary>Whether a model is named at all.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_model) is not null || parsed.GetValue(_endpoint) is not null;

    /// <summary>Whether a server answers.</summary>
    public bool IsServer(ParseResult parsed) => parsed.GetValue(_endpoint) is not null;

    public Command AddTo(Command command)
    {
        foreach (var option in (Option[])[_model, _adapter, _endpoint, _name, _key, _plain]) command.Add(option);
        return command;
    }

    /// <summary>Refuses options that contradict each other.</summary>
    /// <exception cref="RailInputException">They do, or something is missing.</exception>
    public void Check(ParseResult parsed)
    {
        if (parsed.GetValue(_adapter) is not null && parsed.GetValue(_model) is null)
            throw new RailInputException("--adapter goes with --model: name the folder that it was made for as well, or leave it out");
        if (parsed.GetValue(_endpoint) is null)
        {
            foreach (var option in (Option<string?>[])[_name, _key])
            {
                if (parsed.GetValue(option) is not null) throw new RailInputException($"{option.Name}: belongs to --endpoint; name the server as well, or leave it out");
            }

            if (parsed.GetValue(_plain)) throw new RailInputException($"{_plain.Name}: belongs to --endpoint; name the server as well, or leave it out");
            return;
        }

        if (parsed.GetValue(_model) is not null) throw new RailInputException("--model and --endpoint: one model answers; leave one of them out");
        if (string.IsNullOrWhiteSpace(parsed.GetValue(_name))) throw new RailInputException("--endpoint: name the model there with --model-name M");
    }

    /// <summary>Loads or connects the model and proves it.</summary>
    /// <exception cref="RailInputException">An option is wrong, or the server cannot honour a setting.</exception>
    /// <exception cref="ModelException">The model is unusable.</exception>
    public async Task<ReadyModel> LoadAsync(ParseResult parsed, LoadOptions load, GenerationSettings settings, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_endpoint) is { } url) return await ConnectAsync(parsed, url, load, settings, cancellationToken);
        var folder = parsed.GetValue(_model) ?? throw new RailInputException("name the model: either --model DIR or --endpoint URL --model-name M");
        var model = LocalModels.Reference(folder, parsed.GetValue(_adapter));
        var (generator, canaries) = await LocalModels.LoadAsync(model, load, settings, cancellationToken);
        var name = model.Adapter is { } adapter ? Path.GetFileNameWithoutExtension(adapter) : Path.GetFileName(Path.TrimEndingDirectorySeparator(model.Path));
        return new ReadyModel(generator, canaries, name, model.Adapter is null ? folder : $"{folder} with {parsed.GetValue(_adapter)}", null);
    }

    private async Task<ReadyModel> ConnectAsync(ParseResult parsed, string url, LoadOptions load, GenerationSettings settings, CancellationToken cancellationToken)
    {
        if (load.Threads > 0) throw new RailInputException($"--threads {load.Threads}: a server has threads of its own; leave it out");
        var key = Key(parsed.GetValue(_key));
        var name = parsed.GetValue(_name)!;
        var address = EndpointAddress.Parse(url, key is not null, parsed.GetValue(_plain), _plain.Name);
        var options = new EndpointGeneratorOptions { Address = address, ModelName = name, Key = key, Slots = load.Slots };
        var generator = await EndpointGenerator.ConnectAsync(options, TimeProvider.System, cancellationToken);
        try
        {
            var canaries = await generator.ProveAsync(settings, cancellationToken);
            return new ReadyModel(generator, canaries, name, address.ToString(), new EvaluatedEndpoint(address.ToString(), name, EvaluatedEndpoint.SelfDeclared));
        }
        catch
        {
            await generator.DisposeAsync();
            throw;
        }
    }

    private static EndpointKey? Key(string? variable)
    {
        var name = variable ?? DefaultKey;
        return Environment.GetEnvironmentVariable(name) switch
        {
            { Length: > 0 } secret => new EndpointKey(secret, name),
            _ when variable is null => null,
            _ => throw new RailInputException($"--endpoint-key-env {name}: there is no such environment variable, or it is empty"),
        };
    }
}
