using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace RailCluster.Contracts;

/// <summary>
/// The one way records rest as JSON: snake_case names and enums, nulls left out, nothing required left out.
/// The same record gives the same bytes on every machine.
/// </summary>
public static class RailJson
{
    /// <summary>Compact form: one record a line, and every sealed object.</summary>
    public static JsonSerializerOptions Options { get; } = Create(indented: false);

    /// <summary>Form for files that people open.</summary>
    public static JsonSerializerOptions Indented { get; } = Create(indented: true);

    private static JsonSerializerOptions Create(bool indented)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectNullableAnnotations = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RequireWhatIsNeverLeftOut } },
            AllowOutOfOrderMetadataProperties = true,
            WriteIndented = indented,
            NewLine = "\n",
            // Prompts and answers in any script stay readable; nothing here is embedded in HTML unescaped.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        };
        options.MakeReadOnly();
        return options;
    }

    // RespectRequiredConstructorParameters would also ask for those that are null, and nulls are left out.
    private static void RequireWhatIsNeverLeftOut(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.AssociatedParameter is { HasDefaultValue: false, IsNullable: false }) property.IsRequired = true;
        }
    }
}
