using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>How ONNX Runtime is set up for a device.</summary>
internal static class SessionSetup
{
    /// <summary>What ONNX Runtime calls the memory of a device; null for the process's own.</summary>
    public static string? MemoryOf(ComputeDevice device) => device.Provider == ComputeDevice.Cuda ? "Cuda" : null;

    /// <summary>Checks that this build can compute on a device.</summary>
    /// <exception cref="RailInputException">It has no such provider.</exception>
    public static void Require(ComputeDevice device)
    {
        if (device.Provider is not (ComputeDevice.Cpu or ComputeDevice.Cuda))
            throw new RailInputException($"device provider {device.Provider}: is {ComputeDevice.Cpu} or {ComputeDevice.Cuda}");
        if (device.Index < 0 || device.MemoryBytes < 0)
            throw new RailInputException(FormattableString.Invariant($"device index {device.Index} and memory {device.MemoryBytes}: are 0 or more"));
        if (device.Provider == ComputeDevice.Cuda && !OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider"))
            throw new RailInputException("this build computes on the CPU alone: build with -p:Gpu=true for cuda, or set the device's provider to cpu");
    }

    /// <summary>Options for a session; the caller disposes of them.</summary>
    /// <param name="device">What computes.</param>
    /// <param name="threads">Threads; 0 for the processors that this process may use.</param>
    /// <exception cref="RailInputException">The device cannot be used on this machine.</exception>
    public static SessionOptions For(ComputeDevice device, int threads)
    {
        var options = new SessionOptions
        {
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            // ONNX Runtime counts the machine's cores; .NET counts what a container's limit leaves of them.
            IntraOpNumThreads = threads > 0 ? threads : Environment.ProcessorCount,
        };
        // Spinning threads would take the cores that the silo beside the engine needs.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        if (device.Provider != ComputeDevice.Cuda)
            return options;
        try
        {
            AddCuda(options, device);
            return options;
        }
        catch (OnnxRuntimeException e)
        {
            options.Dispose();
            throw new RailInputException(
                $"cuda cannot be used here ({e.Message.Split('\n')[0]}): install the driver, CUDA and cuDNN that this build's ONNX Runtime asks for, or set the device's provider to cpu", e);
        }
    }

    // The runtime's arena grows by what is asked for, so that what one model took is there for the next.
    private static void AddCuda(SessionOptions options, ComputeDevice device)
    {
        using var cuda = new OrtCUDAProviderOptions();
        var entries = new Dictionary<string, string>
        {
            ["device_id"] = device.Index.ToString(CultureInfo.InvariantCulture),
            ["arena_extend_strategy"] = "kSameAsRequested",
        };
        if (device.MemoryBytes > 0)
            entries["gpu_mem_limit"] = device.MemoryBytes.ToString(CultureInfo.InvariantCulture);
        cuda.UpdateOptions(entries);
        options.AppendExecutionProvider_CUDA(cuda);
    }
}
