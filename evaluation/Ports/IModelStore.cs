using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Reads model folders and loads them into an engine.</summary>
public interface IModelStore
{
    /// <summary>Reads a folder: layout, content, precision. Slow; never inside a grain's turn.</summary>
    /// <exception cref="ModelException">The folder is gone, incomplete, of an unknown layout, or outside the allowed roots.</exception>
    Task<ModelInspection> InspectAsync(ModelReference model, CancellationToken cancellationToken = default);

    /// <summary>Loads a model and proves that it holds what was inspected.</summary>
    /// <param name="model">Where it lies.</param>
    /// <param name="expected">Content it must have; null to take what is there.</param>
    /// <param name="options">Device and sizes.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <exception cref="ModelException">As for inspecting, or the content is another.</exception>
    Task<ITextGenerator> LoadAsync(
        ModelReference model,
        ModelFingerprint? expected,
        LoadOptions options,
        CancellationToken cancellationToken = default);
}

/// <summary>How a model is loaded.</summary>
/// <param name="Slots">Prompts answered at a time; 1 or more.</param>
/// <param name="Threads">Threads of the engine; 0 for its own choice.</param>
/// <param name="Device">What computes; null for the store's own choice. Of the provider that the store inspects for.</param>
public sealed record LoadOptions(int Slots = 16, int Threads = 0, ComputeDevice? Device = null);

/// <summary>What computes a model's answers.</summary>
/// <param name="Provider"><see cref="Cpu"/> or <see cref="Cuda"/>.</param>
/// <param name="Index">Which of the machine's devices of that kind, from 0.</param>
/// <param name="MemoryBytes">Most device memory that the runtime may take; 0 for no limit.</param>
public sealed record ComputeDevice(string Provider = ComputeDevice.Cpu, int Index = 0, long MemoryBytes = 0)
{
    /// <summary>The processor.</summary>
    public const string Cpu = "cpu";

    /// <summary>An NVIDIA GPU; needs a build with <c>-p:Gpu=true</c>.</summary>
    public const string Cuda = "cuda";
}

/// <summary>A model folder cannot be used; the message names the folder, what is wrong and what to do.</summary>
public sealed class ModelException : Exception
{
    /// <summary>Creates it with the kind of failure and one line for a person.</summary>
    public ModelException(FailureKind kind, string message, Exception? inner = null)
        : base(message, inner) => Kind = kind;

    /// <summary>One of the model kinds of <see cref="FailureKind"/>.</summary>
    public FailureKind Kind { get; }
}
