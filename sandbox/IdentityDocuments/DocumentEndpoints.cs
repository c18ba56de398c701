using System.Text.RegularExpressions;
using Serverless.Sandbox.Http;

namespace Serverless.Sandbox.IdentityDocuments;

/// <summary>The state's office that issues identity cards, and a phone that reads them; docs/partners.md.</summary>
internal static partial class DocumentEndpoints
{
    public static void AddIdentityDocuments(this IServiceCollection services) => services.AddSingleton<DocumentOffice>();

    public static void MapIdentityDocuments(this IEndpointRouteBuilder app) =>
        app.MapPost("/identity-documents", (HttpRequest request, DocumentOffice office) => request.ReadAsync<DocumentRequest, DocumentOrder>(
            (body, faults) => new DocumentOrder(
                faults.Matching("/personalNumber", body.PersonalNumber, PersonalNumberShape(), "a letter, eight digits, a letter"),
                faults.Matching("/surname", body.Surname ?? "HOXHA", NameShape(), "1 to 20 capital letters"),
                faults.Matching("/givenNames", body.GivenNames ?? "ARTA", NameShape(), "1 to 20 capital letters"),
                body.ExpiresOn is { } date ? faults.Date("/expiresOn", date) : new DateOnly(2049, 12, 31),
                FaultOf(body.Fault, faults)),
            order => Answers.Json(200, office.Issue(order))));

    private static DocumentFault FaultOf(string? name, Faults faults)
    {
        if (name is null)
            return DocumentFault.None;
        if (Enum.TryParse<DocumentFault>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var fault) && !int.TryParse(name, out _))
            return fault;
        faults.Add("/fault", "Must be none, altered, bad_signature, unknown_authority or unreadable.");
        return DocumentFault.None;
    }

    [GeneratedRegex(@"\A[A-Z][0-9]{8}[A-Z]\z")]
    private static partial Regex PersonalNumberShape();

    [GeneratedRegex(@"\A[A-Z ]{1,20}\z")]
    private static partial Regex NameShape();

    internal sealed record DocumentRequest(string? PersonalNumber, string? Surname, string? GivenNames, string? ExpiresOn, string? Fault);
}

internal sealed record DocumentOrder(string PersonalNumber, string Surname, string GivenNames, DateOnly ExpiresOn, DocumentFault Fault);

/// <summary>What is wrong with a chip.</summary>
internal enum DocumentFault
{
    None,

    /// <summary>The personal data were changed after they were signed.</summary>
    Altered,

    /// <summary>The signature was changed.</summary>
    BadSignature,

    /// <summary>Signed by somebody whom no state knows.</summary>
    UnknownAuthority,

    /// <summary>Half of it was read.</summary>
    Unreadable,
}

/// <summary>What a phone reads from a chip, base64.</summary>
internal sealed record DocumentChip(string SecurityObject, IReadOnlyList<DocumentDataGroup> DataGroups);

internal sealed record DocumentDataGroup(int Number, string Content);
