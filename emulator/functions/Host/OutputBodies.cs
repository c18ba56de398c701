using System.Collections;
using Azure.Core.Serialization;

namespace Serverless.Emulator.Hosting;

/// <summary>The messages that an output's value stands for.</summary>
internal static class OutputBodies
{
    public static IEnumerable<BinaryData> Of(object value, ObjectSerializer serializer) => value switch
    {
        string text => [BinaryData.FromString(text)],
        byte[] bytes => [BinaryData.FromBytes(bytes)],
        BinaryData data => [data],
        IDictionary => [serializer.Serialize(value)],
        IEnumerable many => many.Cast<object>().SelectMany(one => Of(one, serializer)),
        _ => [serializer.Serialize(value, value.GetType(), CancellationToken.None)],
    };
}
