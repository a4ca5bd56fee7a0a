using System.Text.Json;

namespace RailCluster.Scoring;

/// <summary>Numbers of a mapping.</summary>
internal static class MappingNumbers
{
    public static bool TryGetWhole(this JsonElement value, out int number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out number);
    }

    public static bool TryGetFinite(this JsonElement value, out double number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out number) && double.IsFinite(number);
    }
}
