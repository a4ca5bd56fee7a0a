using static TorchSharp.torch;

namespace RailCluster.Training.Tests;

/// <summary>Skips a test where libtorch does not load; fails instead where RAIL_REQUIRE_ALL=1.</summary>
internal static class Torch
{
    private static readonly Lazy<string?> Failure = new(TryLoad);

    public static void Require()
    {
        if (Failure.Value is not { } reason)
            return;
        if (Environment.GetEnvironmentVariable("RAIL_REQUIRE_ALL") == "1")
            Assert.Fail("libtorch does not load: " + reason);
        Assert.Skip("libtorch does not load: " + reason);
    }

    private static string? TryLoad()
    {
        try
        {
            set_num_threads(1);
            using var one = ones(1);
            return null;
        }
        catch (Exception failure) when (failure is NotSupportedException or TypeInitializationException or DllNotFoundException)
        {
            return failure.Message;
        }
    }
}
