using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using RailCluster.Evaluation;

namespace RailCluster.Scoring;

/// <summary>Loads graphs into ONNX Runtime for a device.</summary>
internal static class DeviceSession
{
    /// <summary>Loads a graph; the caller disposes of the session.</summary>
    /// <param name="graph">The file.</param>
    /// <param name="device">What computes.</param>
    /// <param name="threads">Threads; 0 for the processors that this process may use.</param>
    /// <exception cref="RailInputException">The device cannot be used here, or the file is no graph that the runtime takes.</exception>
    public static InferenceSession Load(string graph, ComputeDevice device, int threads)
    {
        Require(device, threads);
        using var options = new SessionOptions
        {
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            // ONNX Runtime counts the machine's cores; .NET counts what a container's limit leaves of them.
            IntraOpNumThreads = threads > 0 ? threads : Environment.ProcessorCount,
        };
        // Spinning threads would take the cores that the silo beside the classifier needs.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        if (device.Provider == ComputeDevice.Cuda) AddCuda(options, device);
        try
        {
            return new InferenceSession(graph, options);
        }
        catch (OnnxRuntimeException fault)
        {
            throw new RailInputException($"{graph}: ONNX Runtime cannot load it ({SafeText.Line(fault.Message, 300)}): export it again, with its external data beside it", fault);
        }
    }

    private static void Require(ComputeDevice device, int threads)
    {
        if (device.Provider is not (ComputeDevice.Cpu or ComputeDevice.Cuda))
            throw new RailInputException($"classifier device {device.Provider}: is {ComputeDevice.Cpu} or {ComputeDevice.Cuda}");
        if (device.Index < 0 || device.MemoryBytes < 0 || threads < 0)
            throw new RailInputException("classifier device: index, memory and threads are 0 or more");
        if (device.Provider == ComputeDevice.Cuda && !OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider"))
            throw new RailInputException("classifier device cuda: this build computes on the CPU alone: build with -p:Gpu=true, or set the provider to cpu");
    }

    private static void AddCuda(SessionOptions options, ComputeDevice device)
    {
        try
        {
            using var cuda = new OrtCUDAProviderOptions();
            var entries = new Dictionary<string, string>
            {
                ["device_id"] = device.Index.ToString(CultureInfo.InvariantCulture),
                ["arena_extend_strategy"] = "kSameAsRequested",
            };
            if (device.MemoryBytes > 0) entries["gpu_mem_limit"] = device.MemoryBytes.ToString(CultureInfo.InvariantCulture);
            cuda.UpdateOptions(entries);
            options.AppendExecutionProvider_CUDA(cuda);
        }
        catch (OnnxRuntimeException fault)
        {
            throw new RailInputException(
                $"classifier device cuda cannot be used here ({SafeText.Line(fault.Message, 300)}): install the driver, CUDA and cuDNN that this build's ONNX Runtime asks for, or set the provider to cpu", fault);
        }
    }
}
