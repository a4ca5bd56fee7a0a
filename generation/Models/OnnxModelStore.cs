using System.Collections.Immutable;
using Microsoft.ML.OnnxRuntime;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>
/// Model folders, of this machine or fetched from another, run by ONNX Runtime. A fetched model has the fingerprint that it has where
/// it comes from. Safe to share between threads.
/// </summary>
public sealed class OnnxModelStore : IModelStore
{
    private readonly OnnxModelStoreOptions _options;
    private readonly TimeProvider _time;
    private readonly ModelPlaces _places;

    /// <summary>Creates a store.</summary>
    /// <param name="options">Roots and threads.</param>
    /// <param name="time">Measures generation; null for the system's clock.</param>
    /// <exception cref="RailInputException">This build does not compute on that device.</exception>
    public OnnxModelStore(OnnxModelStoreOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        SessionSetup.Require(options.Device);
        (_options, _time) = (options, time ?? TimeProvider.System);
        _places = new ModelPlaces(options, _time);
    }

    /// <inheritdoc/>
    public Task<ModelInspection> InspectAsync(ModelReference model, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        return GuardedAsync(model.Path, async () =>
        {
            OpenModel open = await _places.OpenAsync(model.Path, null, cancellationToken).ConfigureAwait(false);
            using IDisposable? held = open.Held;
            _ = LoadTokenizer(open.Folder);
            _ = LoadTemplate(open.Folder);
            ModelAdapter? adapter = ModelAdapter.Open(model.Adapter, open.Folder, _places.Confined);
            return (await open.Folder.HashAsync(open.Known, cancellationToken).ConfigureAwait(false)).Inspect(open.Folder, adapter, _options.Device);
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ITextGenerator> LoadAsync(
        ModelReference model,
        ModelFingerprint? expected,
        LoadOptions options,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Slots, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads);
        if (options.Device is { } device && device.Provider != _options.Device.Provider)
            throw new ArgumentException($"A store that inspects for {_options.Device.Provider} loads nothing on {device.Provider}.", nameof(options));
        return await GuardedAsync(model.Path, () => LoadGuardedAsync(model, expected, options, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Everything there is to say of a folder; loads the model and runs its canaries.</summary>
    /// <param name="reference">The folder or its URI, and an adapter where one is wanted.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ModelException">As for loading.</exception>
    public async Task<ModelDescription> DescribeAsync(ModelReference reference, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        await using OnnxTextGenerator generator = await GuardedAsync(
            reference.Path, () => LoadGuardedAsync(reference, null, new LoadOptions(Slots: 1), cancellationToken), cancellationToken).ConfigureAwait(false);
        CanaryReport canaries = await generator.ProveAsync(new GenerationSettings(), cancellationToken).ConfigureAwait(false);
        LoadedModel model = generator.Loaded;
        ModelFolder folder = model.Folder;
        return new ModelDescription
        {
            Inspection = model.Inspection,
            Files = folder.Files,
            ModelType = folder.Config.ModelType,
            Inputs = folder.Summary.Inputs,
            Outputs = folder.Summary.Outputs,
            Layers = folder.Signature.Layers,
            KvHeads = folder.Signature.Cache.Heads,
            HeadDim = folder.Signature.Cache.HeadDim,
            Vocabulary = model.Vocabulary,
            ContextLength = folder.Config.ContextLength,
            Batching = model.Batching,
            Logits = LogitsOf(folder.Signature),
            TokenizerKind = model.Tokenizer.Kind,
            TokenizerVocabulary = model.Tokenizer.VocabularySize,
            Template = model.Template?.Origin ?? "none: prompts go in as text with special tokens",
            EosIds = [.. model.EosIds],
            AdapterInputs = folder.Summary.Optional,
            Adapter = model.Adapter?.Adapter.Describe(),
            Canaries = canaries,
        };
    }

    /// <summary>A model's tokenizer alone.</summary>
    /// <param name="path">The folder, or its URI; such a model is fetched whole.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ModelException">As for loading.</exception>
    public Task<ModelTokenizer> LoadTokenizerAsync(string path, CancellationToken cancellationToken = default) => GuardedAsync(path, async () =>
    {
        // A folder of tokenizer files is enough where nothing has to be fetched.
        if (_places.Folder(path) is { } folder)
            return ModelTokenizer.Load(folder);
        OpenModel open = await _places.OpenAsync(path, null, cancellationToken).ConfigureAwait(false);
        using IDisposable? held = open.Held;
        return LoadTokenizer(open.Folder);
    }, cancellationToken);

    private async Task<OnnxTextGenerator> LoadGuardedAsync(ModelReference model, ModelFingerprint? expected, LoadOptions options, CancellationToken cancellationToken)
    {
        // With an adapter the base alone has another fingerprint than the one expected.
        OpenModel open = await _places.OpenAsync(model.Path, model.Adapter is null ? expected : null, cancellationToken).ConfigureAwait(false);
        try
        {
            return await LoadOpenAsync(model, open, expected, options, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            open.Held?.Dispose();
            throw;
        }
    }

    private async Task<OnnxTextGenerator> LoadOpenAsync(
        ModelReference model, OpenModel open, ModelFingerprint? expected, LoadOptions options, CancellationToken cancellationToken)
    {
        ModelFolder folder = open.Folder;
        string stamp = folder.Stamp();
        ModelAdapter? adapter = ModelAdapter.Open(model.Adapter, folder, _places.Confined);
        ContentHashes hashes = await folder.HashAsync(open.Known, cancellationToken).ConfigureAwait(false);
        ModelInspection inspection = hashes.Inspect(folder, adapter, _options.Device);
        ContentHashes.Require(model, inspection, expected);
        ModelTokenizer tokenizer = LoadTokenizer(folder);
        ChatTemplate? template = LoadTemplate(folder);
        ImmutableSortedSet<int> eos = [.. folder.Config.EosIds, .. tokenizer.EosId is { } id ? [id] : Array.Empty<int>()];
        DecoderSession session = Open(folder, options.Threads, options.Device ?? _options.Device);
        try
        {
            // What was hashed is what was loaded only if nobody wrote in between.
            if (folder.Stamp() != stamp)
                throw new ModelException(FailureKind.ModelChanged, $"{model.Path} was written to while it was being loaded: submit it again when it is complete");
            var loaded = new LoadedModel(inspection, folder, session, tokenizer, template, eos, new LoadedBase(model.Path, stamp, hashes, _places.Confined)) { Held = open.Held };
            loaded = loaded with { NeighbourReason = NeighbourProbe.Run(session, folder.Signature, loaded.CacheKind, folder.Config.ContextLength) };
            return new OnnxTextGenerator(loaded.Under(adapter), options.Slots, _time);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static string LogitsOf(GraphSignature signature) => signature switch
    {
        { LogitsToKeep: { } keep } => $"of the last token alone ({keep.Name})",
        { LastLogitsOnly: true } => "of the last token alone",
        _ => "of every token",
    };

    private static ModelTokenizer LoadTokenizer(ModelFolder folder)
    {
        try
        {
            return ModelTokenizer.Load(folder.Path);
        }
        catch (ModelException e) when (folder.Name != folder.Path)
        {
            throw new ModelException(e.Kind, e.Message.Replace(folder.Path, folder.Name, StringComparison.Ordinal), e);
        }
    }

    private static ChatTemplate? LoadTemplate(ModelFolder folder)
    {
        try
        {
            return ChatTemplate.Load(folder.Path);
        }
        catch (Exception e) when (e is TemplateException or InvalidDataException)
        {
            throw new ModelException(FailureKind.ModelUnusable, $"{folder.Name}: the chat template cannot be used: {e.Message}", e);
        }
    }

    private static DecoderSession Open(ModelFolder folder, int threads, ComputeDevice device)
    {
        try
        {
            return new DecoderSession(folder.Full(folder.Graph), folder.Signature, threads, device);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelException(
                FailureKind.ModelUnusable,
                $"{folder.Name}: {folder.Graph} does not load ({e.Message.Split('\n')[0]}): export or copy it again",
                e);
        }
    }

    // Off the caller's scheduler, and with files that vanish half-way told as what they are.
    private static async Task<T> GuardedAsync<T>(string path, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(work, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelException(FailureKind.ModelGone, $"{ModelLocation.Show(path)} lost a file while it was being read ({e.Message}): keep checkpoints until they are done", e);
        }
        catch (Exception e) when (e is (IOException and not ModelUnreachableException) or UnauthorizedAccessException)
        {
            throw new ModelException(FailureKind.ModelUnusable, $"{ModelLocation.Show(path)} cannot be read: {e.Message}", e);
        }
    }
}
