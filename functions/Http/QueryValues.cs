using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Serverless.Banking;

namespace Serverless.Functions.Http;

/// <summary>Reads query parameters into their declared record by the same shapes as a body.</summary>
internal static class QueryValues
{
    /// <returns>Null when anything is wrong; what it is has been added to the faults.</returns>
    public static object? Read(Type type, IReadOnlyDictionary<string, string> values, List<Invalid> faults)
    {
        var before = faults.Count;
        var json = new JsonObject();
        foreach (var member in ((ObjectShape)Shapes.Of(type)).Members.Value)
        {
            if (!values.TryGetValue(member.Name, out var text))
            {
                if (member.IsRequired)
                    faults.Add(new Required(member.Name));
            }
            else if (ShapeReader.Text(member.Shape, text, member.Name) is { } fault)
                faults.Add(fault);
            else
                json[member.Name] = member.Shape switch
                {
                    IntegerShape => JsonValue.Create(long.Parse(text, CultureInfo.InvariantCulture)),
                    BooleanShape => JsonValue.Create(text == "true"),
                    _ => JsonValue.Create(text),
                };
        }

        return faults.Count > before ? null : json.Deserialize(type, ApiJson.Strict);
    }
}
