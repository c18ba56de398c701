using NodaTime;

namespace Serverless.Banking.Applications;

/// <summary>Codes are those of <see cref="ApplicationLists"/>.</summary>
/// <param name="FamilyMembers">All but the applicant for a card (PROD-10); as in the family certificate for an overdraft (PROD-25).</param>
/// <param name="Email">Of a card's application.</param>
/// <param name="Branch">Where the card will be collected: the four digits that stand for the branch in an IBAN.</param>
public sealed record PersonalDetails(string ResidenceStatus, string MaritalStatus, int FamilyMembers, string? Email, string? Branch);

/// <summary>Codes are those of <see cref="ApplicationLists"/>.</summary>
/// <param name="MonthsInJob">In the current job.</param>
/// <param name="MonthsAtWork">In all jobs (PROD-26).</param>
/// <param name="Title">With the others behind it: of a card's application (PROD-11).</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
public sealed record WorkDetails(
    string Education, string Sector, string Profession, int MonthsInJob, int? MonthsAtWork, string? Title, string? Country, string? City, string? Address);

/// <summary>What the score says (PROD-30).</summary>
/// <param name="Score">0 to 1000; null when there was nothing to compute it from.</param>
/// <param name="Income">A month's, net.</param>
/// <param name="Instalments">A month's, of what is owed elsewhere.</param>
/// <param name="DaysPastDue">Of what is owed elsewhere: the most.</param>
/// <param name="Remarks">Codes of what a person should know.</param>
public sealed record Assessment(int? Score, Verdict Verdict, Money? Income, Money? Instalments, int DaysPastDue, IReadOnlyList<string> Remarks, Instant At);

public enum Verdict
{
    /// <summary>The cards desk decides.</summary>
    Review,
    Approve,
    Decline,
}

/// <summary>Parts of an application that have to be there when it is submitted. Codes are these names in snake_case.</summary>
public enum ApplicationSection
{
    Limit,
    Settings,
    PersonalData,
    Work,
}
