using System.Text.Json;

namespace RailCluster.Reports;

/// <summary>Members of enumerations as data have them.</summary>
internal static class DataWord
{
    /// <summary>Such as <c>not_judged</c>.</summary>
    public static string Of<T>(T member)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(member.ToString());
}
