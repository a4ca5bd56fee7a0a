using System.Runtime.InteropServices;

namespace RailCluster.Generation;

/// <summary>
/// Makes the C library give an unloaded model's memory back. glibc raises, with every large block that is freed, the size from which blocks get a
/// mapping of their own (to 32 MiB); weights then come from heaps that fragment, and a process that rotates checkpoints grows by gigabytes. With a
/// fixed threshold it does not. See mallopt(3). Does nothing where the C library is another.
/// </summary>
internal static partial class NativeHeap
{
    // M_MMAP_THRESHOLD of malloc.h. Run-time tensors come from ONNX Runtime's own arena, so steps map nothing.
    private const int MapThreshold = -3;
    private const int ThresholdBytes = 256 << 10;

    private static readonly Lazy<bool> Fixed = new(FixThreshold);

    /// <summary>Fixes the threshold, once a process; called before the first model is loaded.</summary>
    public static void Prepare() => _ = Fixed.Value;

    /// <summary>Returns what is free within the heaps; called when a model is unloaded.</summary>
    public static void GiveBack()
    {
        if (Fixed.Value)
            _ = Trim(0);
    }

    private static bool FixThreshold()
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            return SetOption(MapThreshold, ThresholdBytes) == 1;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);

    [LibraryImport("libc.so.6", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint pad);
}
