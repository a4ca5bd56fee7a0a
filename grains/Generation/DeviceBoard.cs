using System.Collections.Concurrent;
using RailCluster.Contracts;

namespace RailCluster.Grains;

/// <summary>What one device of this silo is doing. Written by its worker, read by its grain; thread-safe.</summary>
public sealed class DeviceState
{
    private long _prompts;
    private volatile bool _draining;
    private volatile ModelFingerprint? _resident;
    private volatile int _leased;

    /// <summary>Whether it takes no new work.</summary>
    public bool Draining
    {
        get => _draining;
        set => _draining = value;
    }

    /// <summary>The model it holds.</summary>
    public ModelFingerprint? Resident
    {
        get => _resident;
        set => _resident = value;
    }

    /// <summary>Shards in flight.</summary>
    public int Leased
    {
        get => _leased;
        set => _leased = value;
    }

    /// <summary>Prompts answered since the silo started.</summary>
    public long Prompts => Interlocked.Read(ref _prompts);

    /// <summary>Counts an answer.</summary>
    public void Answered() => Interlocked.Increment(ref _prompts);
}

/// <summary>The devices of this silo by name.</summary>
public sealed class DeviceBoard
{
    private readonly ConcurrentDictionary<string, DeviceState> _devices = new(StringComparer.Ordinal);

    /// <summary>Puts a device on the board; the same name gives the same device.</summary>
    public DeviceState Add(string device) => _devices.GetOrAdd(device, _ => new DeviceState());

    /// <summary>The device of that name; null where this silo has none.</summary>
    public DeviceState? Find(string device) => _devices.GetValueOrDefault(device);
}
