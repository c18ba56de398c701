using System.Text.Json;
using Azure.Core.Serialization;

namespace Serverless.Emulator.Hosting;

/// <summary>The worker's default: PascalCase and enums as numbers when writing, any case when reading.</summary>
internal static class WorkerSerializer
{
    public static readonly ObjectSerializer Default =
        new JsonObjectSerializer(new JsonSerializerOptions { PropertyNameCaseInsensitive = true });
}
