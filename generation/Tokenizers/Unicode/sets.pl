# Writes sets.txt, the table that UnicodeSet.cs reads, from Perl's own Unicode database: perl sets.pl > sets.txt
# The reference works character by character with tables of older versions of Unicode; these are the sets as they were then.
use strict;
use warnings;

# Characters that were in the set, or not yet, and changed their category later.
my @sets = (
    ["Punctuation", qr/\p{P}/, qr/\p{Present_In: 8.0}/, [0x166D, 0x111C9], []],
    ["Accents", qr/\p{Mn}/, qr/\p{Present_In: 8.0}/, [0x1734, 0x1171E], [0x1885, 0x1886, 0xA9BD, 0x111C9]],
    ["Marks", qr/\p{M}/, qr/\p{Present_In: 9.0}/, [0x1CF2, 0x1CF3], [0x111C9]],
);
print "# Sets of characters as in Unicode 8 (Marks: 9): name first last.\n";
for my $set (@sets) {
    my ($name, $test, $age, $more, $less) = @$set;
    my %fixed = ((map { $_ => 1 } @$more), (map { $_ => 0 } @$less));
    my $start;
    for my $code (0 .. 0x110000) {
        next if $code >= 0xD800 && $code < 0xE000;
        my $in = $code < 0x110000 && ($fixed{$code} // (chr($code) =~ $test && chr($code) =~ $age));
        $start = $code if $in && !defined $start;
        if (!$in && defined $start) {
            printf "%s %X %X\n", $name, $start, $code - 1;
            undef $start;
        }
    }
}
