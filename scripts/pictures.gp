# The pictures of the guides, from what the examples print.  scripts/pictures sets `data` and `out`.
# Colours: Okabe and Ito's, told apart by the colour-blind.
orange = '#D55E00'; blue = '#0072B2'; green = '#009E73'; pink = '#B35A8C'; brown = '#8C6D31'; grey = '#777777'

set terminal svg size 720,420 font 'sans-serif,14' background rgb 'white'
set datafile separator ','
set border 3 lc rgb '#666666'
set tics nomirror
set grid ytics lc rgb '#dddddd' lw 0.8
set xlabel offset 0, 0.4
unset key

# --- fairness: shares against alpha; teams that always get all they want are grey -------------------

set output out.'/fairness.svg'
set xlabel 'alpha'
set ylabel 'GPUs'
set logscale x 2
set xrange [0.5:8.01]
set yrange [0:175]
set xtics (0.5, 1, 2, 4, 8)
set label '6214e9 (wants 318)' at 0.56, 161 tc rgb orange
set label '7f04ca (wants 148)' at 1.6, 154 tc rgb blue
set label 'ee9e8c (wants 117)' at 1.6, 123 tc rgb green
set label '2869ce (wants 104)' at 0.52, 98 tc rgb grey
set label '0e4a51 (wants 236)' at 3.8, 80 tc rgb pink
set label '6c71a0 (wants 64)' at 4.7, 69 tc rgb grey
set label 'b436b2 (wants 52)' at 4.7, 46 tc rgb grey
set label '103959 (wants 34)' at 2.6, 28 tc rgb brown
plot for [c in '2869ce 6c71a0 b436b2'] data.'/fairness.csv' using 'alpha':c with lines lc rgb grey lw 1.5, \
    data.'/fairness.csv' using 'alpha':'103959' with lines lc rgb brown lw 2.5, \
    '' using 'alpha':'0e4a51' with lines lc rgb pink lw 2.5, \
    '' using 'alpha':'ee9e8c' with lines lc rgb green lw 2.5, \
    '' using 'alpha':'7f04ca' with lines lc rgb blue lw 2.5, \
    '' using 'alpha':'6214e9' with lines lc rgb orange lw 2.5
unset label
unset logscale
set xtics autofreq

# --- moving: what waits against what moves; the prices of the guide's table are points ---------------

set output out.'/moving.svg'
set xlabel 'GPUs that change hands in a day'
set ylabel 'requests in the queues, mean of the day'
set xrange [0:950]
set yrange [8:14]
set label 'price of moving' at 178, 12.1 tc rgb orange
plot data.'/moving.csv' using 'moved':'waiting' with lines lc rgb blue lw 2.5, \
    data.'/moving_points.csv' using 3:2 with points lc rgb orange pt 7 ps 0.7, \
    '' using 3:2:1 with labels offset 0.6, 0.8 left tc rgb orange
unset label

# --- queues: requests in the system, and how busy each pool is, against the load ---------------------

set output out.'/queues.svg'
set terminal svg size 720,700 font 'sans-serif,14' background rgb 'white'
set multiplot
load = 'load: requests wanted, of those that all pools can serve'
minutes = data.'/queues_minutes.csv' # load and name of some minutes: dotted lines
set xrange [0:100]
set format x '%g %%'
set lmargin 10
set rmargin 4

set size 1, 0.56
set origin 0, 0.44
set tmargin 2
set xlabel load
set ylabel 'requests in the system'
set logscale y
set yrange [0.5:1000]
set label 'in proportion to capacity' at 7, 13 tc rgb grey
set label 'best split' at 22, 1.4 tc rgb orange
plot minutes using 1:(0.5):(0):(999.5) with vectors nohead lc rgb '#999999' dt 3, \
    minutes using 1:(1000):2 with labels offset 0, 0.8 tc rgb grey, \
    data.'/queues.csv' using 'load':'proportional' with lines lc rgb grey lw 2.5, \
    '' using 'load':'best' with lines lc rgb orange lw 2.5
unset label
unset logscale

set size 1, 0.46
set origin 0, 0
set ylabel 'capacity of a pool in use'
set yrange [0:100]
set format y '%g %%'
set label 'H100' at 44, 74 right tc rgb orange
set label 'A100' at 26, 14 tc rgb blue
set label 'A40' at 49, 15 tc rgb green
set label 'all alike' at 19, 34 tc rgb grey
plot minutes using 1:(0):(0):(100) with vectors nohead lc rgb '#999999' dt 3, \
    data.'/queues.csv' using 'load':'load' with lines lc rgb grey lw 1.5 dt 2, \
    '' using 'load':'H100' with lines lc rgb orange lw 2.5, \
    '' using 'load':'A100' with lines lc rgb blue lw 2.5, \
    '' using 'load':'A40' with lines lc rgb green lw 2.5
unset multiplot
load = 'load: requests wanted, of those that all pools can serve'
unset label
unset format
unset margins
set size 1, 1
set origin 0, 0

# --- offers: the price of one more GPU -------------------------------------------------------------------

set output out.'/offers.svg'
set terminal svg size 720,420 font 'sans-serif,14' background rgb 'white'
set xlabel 'GPUs bought'
set ylabel 'price of one more, dollars per hour'
set format y '%.2f'
set xrange [0:400]
set yrange [0:3.5]
set xtics 50
set label 'primecompute' at 22, 1.0 tc rgb grey
set label 'primecompute' at 38, 1.8 tc rgb grey
set label 'dc\_roan' at 78, 2.08 center tc rgb grey
set label 'nebius' at 140, 2.21 center tc rgb grey
set label 'dc\_roan' at 202, 2.38 center tc rgb grey
set label 'hyperstack' at 260, 2.4 tc rgb grey
set label 'runpod, in two steps' at 312, 2.57 center tc rgb grey
set label 'vultr' at 364, 2.97 right tc rgb grey
set label 'lambdalabs, in two steps' at 372, 3.14 right tc rgb grey
steps = data.'/offers.csv'
plot steps using 'from':'price' with steps lc rgb orange lw 1 dt 3, \
    steps using 'from':'price':(column('to') - column('from')):(0) with vectors nohead lc rgb orange lw 3

# --- planning: what one GPU more saves; shaded is what those save that pay, beyond what they cost -----------

set output out.'/planning.svg'
unset label
set xlabel 'GPUs in the cluster'
set ylabel 'cost that one more saves'
set format y '%.1f'
set format x '%.0f'
set xrange [3000:7600]
set yrange [0:2.4]
set xtics 1000
today = 6212
price = 0.4
set label 'BE begins to get some' at 3400, 2.05 tc rgb grey
set label 'the cluster today' at today + 30, 1.05 tc rgb grey
set label 'a GPU costs 0.4' at 3090, 0.48 tc rgb orange
set label 'one more pays up to 6,607' at 6180, 0.3 right tc rgb orange
pays = data.'/planning_pays.csv'
plot pays using 1:(-$2):(price) with filledcurves fc rgb orange fs solid 0.35, \
    '+' using (today):(0):(0):(1.1) every ::0::0 with vectors nohead lc rgb grey dt 3, \
    '+' using (3000):(price):(4600):(0) every ::0::0 with vectors nohead lc rgb orange lw 1.5 dt 3, \
    data.'/planning.csv' using 1:(-$2) with lines lc rgb blue lw 2.5
